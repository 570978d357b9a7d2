import type { Variables } from "../environment.ts";

/** The variable that clients take the API key from, where they can. */
export const keyVariable = "PR_REVIEW_KEY";
/** The variable that the stdio server takes the GitHub token from. */
export const tokenVariable = "GITHUB_TOKEN";

/** What a configuration file can hold. */
export type Value =
  | string
  | boolean
  | readonly Value[]
  | { readonly [name: string]: Value | undefined };

/** One change of a configuration: a value at a path, or a member of the list there, known by its id. */
export type Change =
  | { readonly path: readonly string[]; readonly value: Value }
  | {
      readonly path: readonly string[];
      readonly member: { readonly id: string; readonly [name: string]: Value };
    };

/** Where a client runs. */
export interface Place {
  readonly platform: string;
  readonly variables: Variables;
  /** The home folder. */
  readonly home: string;
  /** The folder worked in. */
  readonly folder: string;
}

/** What a client is to be connected to. */
export interface Target {
  /** The name that the client is to know the server by. */
  readonly name: string;
  /** The address of the MCP endpoint, or the file of the stdio server. */
  readonly at: string;
  /** The API key or GitHub token, for a client that has to hold it. */
  readonly secret: string;
}

/** An MCP client: where it keeps its configuration, and how a server stands in there. */
export interface Client {
  readonly title: string;
  readonly language: "json" | "toml";
  /** The name a server is known by unless another is given. */
  readonly serverName: string;
  /** Whether it needs the secret itself, as it cannot refer to one that is elsewhere. */
  readonly holdsSecret: boolean;
  readonly file: (place: Place) => string;
  /** Connects it to the HTTP server. */
  readonly remote: (target: Target) => readonly Change[];
  /** Has it start the stdio server. */
  readonly stdio: (target: Target) => readonly Change[];
  /** What a person does after that. */
  readonly next: (secret: SecretName) => string;
}

/** The variable of a secret, and what to call it. */
export interface SecretName {
  readonly variable: string;
  readonly title: string;
}
