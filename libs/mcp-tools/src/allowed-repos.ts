import picomatch from "picomatch";

import { ToolError } from "./errors.ts";

/** Where a repository is, in GitHub's words. */
interface Repository {
  readonly owner: string;
  readonly repo: string;
}

/** Throws `repository-not-allowed` unless the repository is allowed; nothing has been sent by then. */
export function requireAllowedRepo(
  repository: Repository,
  allowed: readonly string[] | undefined,
): void {
  if (isAllowedRepo(repository, allowed)) return;
  throw new ToolError(
    "repository-not-allowed",
    "This API key may not use that repository. Ask your administrator to allow it, or use another key.",
  );
}

/** In any case; without globs everything matches. */
function isAllowedRepo(
  { owner, repo }: Repository,
  allowed: readonly string[] | undefined,
): boolean {
  if (allowed === undefined) return true;
  return picomatch([...allowed], { dot: true, nocase: true, noextglob: true })(`${owner}/${repo}`);
}
