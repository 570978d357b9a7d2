import type { GitHubError } from "../errors.ts";
import type { Headers } from "./retry-after.ts";

/** The data of an answer. */
export interface GitHubAnswer<T> {
  readonly data: T;
  /** Whether GitHub left out something the rest can do without. */
  readonly partial: boolean;
  /** Why it did, if it did. */
  readonly refusal: GitHubError | undefined;
  readonly headers: Headers;
}
