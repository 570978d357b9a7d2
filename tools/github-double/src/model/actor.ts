import type { SeedAuthor } from "../seed.ts";
import { nodeIdOf, smallIdOf } from "./identity.ts";

/** GitHub's kinds of accounts. */
export type ActorKind = "User" | "Bot" | "Mannequin" | "Organization";

/** An account, as GraphQL shows it: User, Bot, Mannequin or Organization. */
export class Actor {
  readonly kind: ActorKind;
  readonly login: string;
  readonly name: string;
  readonly #webUrl: string;

  constructor(webUrl: string, login: string, kind: ActorKind = "User", name = login) {
    this.kind = kind;
    this.login = login;
    this.name = name;
    this.#webUrl = webUrl;
  }

  get __typename(): ActorKind {
    return this.kind;
  }

  get id(): string {
    return nodeIdOf(this.kind.slice(0, 1), this.login);
  }

  get databaseId(): number {
    return smallIdOf(this.login);
  }

  get resourcePath(): string {
    return this.kind === "Bot" ? `/apps/${this.login}` : `/${this.login}`;
  }

  get url(): string {
    return `${this.#webUrl}${this.resourcePath}`;
  }

  get avatarUrl(): string {
    return `https://avatars.githubusercontent.com/u/${this.databaseId}?v=4`;
  }
}

/** The author of a seed's remark: `null` is a ghost, `undefined` the default author. */
export function authorOf(webUrl: string, author: SeedAuthor | null | undefined): Actor | null {
  if (author === null) return null;
  const { login, type } = author ?? DEFAULT_AUTHOR;
  return new Actor(webUrl, login, type);
}

const DEFAULT_AUTHOR: SeedAuthor = { login: "octocat" };
