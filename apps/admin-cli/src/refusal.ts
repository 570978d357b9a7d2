import manifest from "../package.json" with { type: "json" };
import { problemSchema } from "./answers/problem.ts";
import type { Problem } from "./answers/problem.ts";
import { CliError } from "./errors.ts";
import { plainText } from "./plain-text.ts";

/** What a refusal is told with. */
export interface RefusalOptions {
  /** What the server was sent, and may have repeated. */
  readonly secrets?: readonly string[];
  /** What to say of a 404, in place of the server's words. */
  readonly notFound?: string | undefined;
}

/**
 * The error an answer of a status other than 200 stands for; `body` is its JSON, if it has any.
 * The server's reason is passed on without control characters and without any of the `secrets`.
 */
export function refusal(
  server: string,
  status: number,
  body: unknown,
  { secrets = [], notFound }: RefusalOptions = {},
): CliError {
  const problem = problemSchema.safeParse(body).data;
  if (problem?.code === "admin-token-expired") {
    return new CliError(
      "admin-token-refused",
      "The admin token has expired. Ask whoever runs the server for a new one (MCP_ADMIN_TOKENS).",
    );
  }
  if (problem?.code === "invalid-key") {
    return new CliError(
      "not-permitted",
      "The server refused the API key. Has it been deleted, or is it another server's?",
    );
  }
  if (status === 401 || (status === 403 && isAboutAdminToken(problem))) {
    return new CliError(
      "admin-token-refused",
      "The server refused the admin token. Is it the MCP_ADMIN_TOKEN the server was started with?",
    );
  }
  if (status >= 300 && status < 400) {
    return new CliError(
      "unexpected-answer",
      `${server} sends callers to another address, and tokens are not sent along. Pass that address with --url.`,
    );
  }
  if (problem === undefined) return notOurServer(server, status);
  if (problem.code === "no-such-route") return outdatedServer(server, "unknown", "such route");
  if (status === 404 && notFound !== undefined) return new CliError("not-found", notFound);
  const reason = secrets
    .filter((secret) => secret !== "")
    .reduce((text, secret) => text.replaceAll(secret, "[secret]"), describe(problem));
  if (notPermitted.has(problem.code)) return new CliError("not-permitted", reason, { problem });
  return new CliError(status === 404 ? "not-found" : "refused", reason, { problem });
}

const notPermitted: ReadonlySet<string> = new Set(["admin-scope-missing", "admin-disabled"]);

/** A 403 may also be about what was asked for, such as a GitHub host that is not allowed. */
function isAboutAdminToken(problem: Problem | undefined): boolean {
  return problem === undefined || problem.code === "invalid-admin-token";
}

/** The error for an answer no PR Review MCP server of this version gives. */
export function notOurServer(server: string, status: number): CliError {
  return new CliError(
    "unexpected-answer",
    `${server} is not a PR Review MCP server (or an older version): it answered ${status} in a form unknown here.`,
  );
}

/** The error for a PR Review MCP server that has not got what is asked of it. */
export function outdatedServer(server: string, version: string, what: string): CliError {
  return new CliError(
    "outdated-server",
    `The server at ${server} is version ${plainText(version)}, which has no ${what} as this program (${manifest.version}) knows it: upgrade the server.`,
  );
}

function describe({ title, detail, errors = [], request_id: requestId }: Problem): string {
  const reason = detail ?? title;
  const fields = errors
    .filter(({ message }) => !reason.includes(message))
    .map(({ field, message }) => `${field}: ${message}`);
  const reference = requestId === undefined ? [] : [`(request ${requestId})`];
  return plainText([reason, fields.join("; "), ...reference].filter(Boolean).join(" "));
}
