import { Actor } from "../model/actor.ts";
import { isoSeconds } from "../model/identity.ts";
import type { Repository } from "../model/repository.ts";
import type { FoundNode, View } from "../model/view.ts";
import type { Quota } from "../quotas.ts";
import { nodeNotFound, NotModelledError, repositoryNotFound } from "./errors.ts";
import { addReply, type ReplyInput, setResolved, type ThreadInput } from "./mutations.ts";
import type { Price } from "./price.ts";

/** `Query` and `Mutation`: where every request begins. */
export class Root {
  readonly #view: View;
  readonly #price: Price;
  readonly #quota: Quota;

  constructor(view: View, price: Price, quota: Quota) {
    this.#view = view;
    this.#price = price;
    this.#quota = quota;
  }

  get viewer(): Actor {
    const { token } = this.#view.viewer;
    if (token === undefined) throw new NotModelledError("a viewer without a token");
    return new Actor(this.#view.webUrl, token.login, "User", token.name);
  }

  rateLimit({ dryRun }: { readonly dryRun?: boolean | null }): Record<string, unknown> {
    if (dryRun === true) throw new NotModelledError("Query.rateLimit(dryRun: true)");
    const { limit, remaining, used, reset } = this.#quota;
    return { ...this.#price, limit, remaining, used, resetAt: isoSeconds(reset * 1000) };
  }

  repository({ owner, name }: { readonly owner: string; readonly name: string }): Repository {
    const fullName = `${owner}/${name}`;
    const found = this.#view.repository(fullName);
    if (found === undefined) throw repositoryNotFound(fullName);
    return found;
  }

  node({ id }: { readonly id: string }): FoundNode {
    const found = this.#view.node(id);
    if (found === undefined) throw nodeNotFound(id);
    return found;
  }

  /** An error among the nodes becomes that element's own error, the others stay. */
  nodes({ ids }: { readonly ids: readonly string[] }): readonly (FoundNode | Error)[] {
    return ids.map((id) => this.#view.node(id) ?? nodeNotFound(id));
  }

  resolveReviewThread({ input }: { readonly input: ThreadInput }): Record<string, unknown> {
    return setResolved(this.#view, input, true);
  }

  unresolveReviewThread({ input }: { readonly input: ThreadInput }): Record<string, unknown> {
    return setResolved(this.#view, input, false);
  }

  addPullRequestReviewThreadReply({
    input,
  }: {
    readonly input: ReplyInput;
  }): Record<string, unknown> {
    return addReply(this.#view, input);
  }
}
