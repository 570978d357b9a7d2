import { GitHubError, type GitHubErrorCode } from "../errors.ts";
import type { AccessReport } from "./access-report.ts";

const refusals: ReadonlySet<GitHubErrorCode> = new Set([
  "github-token-refused",
  "github-forbidden",
  "not-found",
]);

/**
 * The report for a caller whom GitHub refuses altogether. Throws the error again when it says nothing
 * about rights: a limit, an outage, a mistake of ours.
 */
export function refusedAccess(error: unknown): AccessReport {
  if (!(error instanceof GitHubError) || !refusals.has(error.code)) throw error;
  const missing = error.missing ?? { kind: "repository-access" };
  const verdict = { ok: false, missing };
  const verdicts = { canRead: verdict, canReply: verdict, canResolve: verdict };
  const report = { ...verdicts, advice: error.message };
  return missing.kind === "sso" ? { ...report, sso: { url: missing.url } } : report;
}
