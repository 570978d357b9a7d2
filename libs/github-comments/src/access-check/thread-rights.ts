import type { Missing } from "../diagnose/missing.ts";
import type { ThreadRights } from "../queries/pull-request-access.ts";
import type { Verdict } from "./access-report.ts";

/** What is known of a caller who can read a pull request. */
export interface Standing {
  /** `undefined` for tokens that have permissions instead. */
  readonly scopes: readonly string[] | undefined;
  readonly isPrivate: boolean;
  readonly canWrite: boolean;
  readonly isAuthor: boolean;
  /** GitHub's own word about one thread, if there is one. */
  readonly thread: ThreadRights | undefined;
}

const writeAccess: Missing = { kind: "permission", detail: "write access to the repository" };

/** Whether the caller can reply; everyone who sees an open conversation can, given the token may. */
export function canReply({ thread, ...standing }: Standing): Verdict {
  const needed = missingIn(standing, "Pull requests: write");
  return verdict(standing, { word: thread?.viewerCanReply, otherwise: true, needed });
}

/**
 * Whether the caller can resolve. Tokens with permissions need to write contents for that too, though
 * it changes none (GitHub community discussion 44650).
 */
export function canResolve({ thread, ...standing }: Standing): Verdict {
  const needed = missingIn(standing, "Pull requests: write and Contents: write");
  const word = thread && (thread.viewerCanResolve || thread.viewerCanUnresolve);
  return verdict(standing, { word, otherwise: standing.canWrite || standing.isAuthor, needed });
}

type Token = Omit<Standing, "thread">;

interface Question {
  /** GitHub's answer, if it could be asked. */
  readonly word: boolean | undefined;
  /** What the person could do with a token that may do everything. */
  readonly otherwise: boolean;
  readonly needed: Missing;
}

function verdict(token: Token, { word, otherwise, needed }: Question): Verdict {
  if (needed.kind === "scope" || word === false) return { ok: false, missing: needed };
  if (word === true) return { ok: true };
  if (token.scopes === undefined) return { ok: "unknown", missing: needed };
  return otherwise ? { ok: true } : { ok: false, missing: needed };
}

/** The scope a token has not got; with it, what its owner has not got; else the permissions it takes. */
function missingIn({ scopes, isPrivate }: Token, permissions: string): Missing {
  if (scopes === undefined) return { kind: "permission", detail: permissions };
  const enough = isPrivate ? ["repo"] : ["public_repo", "repo"];
  if (scopes.some((scope) => enough.includes(scope))) return writeAccess;
  return { kind: "scope", detail: enough.join(" or ") };
}
