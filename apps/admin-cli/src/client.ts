import { auditPageSchema, auditVerdictSchema } from "./answers/audit.ts";
import type { AuditPage, AuditVerdict } from "./answers/audit.ts";
import { bulkAnswerSchema, importAnswerSchema } from "./answers/bulk.ts";
import type { BulkAnswer, ImportAnswer } from "./answers/bulk.ts";
import { keyringSchema, resealSchema } from "./answers/keyring.ts";
import type { Keyring, Reseal } from "./answers/keyring.ts";
import { statusSchema } from "./answers/status.ts";
import type { Status } from "./answers/status.ts";
import * as answers from "./answers/token.ts";
import { usageSchema } from "./answers/usage.ts";
import type { Usage } from "./answers/usage.ts";
import { Connection } from "./connection.ts";
import { CliError } from "./errors.ts";
import type * as requests from "./requests.ts";

const notFound = "No key has that id. See the ids: pr-review-admin tokens list";

/** The admin API of a server; every method throws the CliError of Connection. */
export class AdminClient {
  readonly #connection: Connection;

  /** `server` has no trailing slash; a call is given up after `timeoutMs` milliseconds. */
  constructor(server: string, adminToken: string, { timeoutMs = 30_000 } = {}) {
    this.#connection = new Connection(server, adminToken, { timeoutMs });
  }

  /** Creates a key; the answer is the only one that ever holds it. */
  create(
    token: requests.NewToken,
    { check }: requests.CheckOptions = {},
  ): Promise<answers.CreatedToken> {
    const secrets = [token.github_token];
    return this.#connection.json(
      { method: "POST", path: "/admin/tokens", query: { check }, body: token, secrets },
      answers.createdTokenSchema,
    );
  }

  /** Every key that matches, in the server's order, page after page. */
  async list(filter: requests.TokenFilter = {}): Promise<readonly answers.Token[]> {
    const tokens: answers.Token[] = [];
    const cursors = new Set<string>();
    for (let cursor: string | undefined; ;) {
      const query = { ...filter, cursor };
      const page = await this.#connection.json(
        { method: "GET", path: "/admin/tokens", query },
        answers.tokenPageSchema,
      );
      tokens.push(...page.tokens);
      if (page.next_cursor === null) return tokens;
      // A cursor given twice would have us read in circles.
      if (cursors.has(page.next_cursor)) throw inCircles(this.#connection.server);
      cursor = page.next_cursor;
      cursors.add(cursor);
    }
  }

  /** One key, by its id. */
  show(keyId: string): Promise<answers.Token> {
    const path = tokenPath(keyId);
    return this.#connection.json({ method: "GET", path, notFound }, answers.tokenSchema);
  }

  /** Changes a key, from its next call on. */
  update(
    keyId: string,
    change: requests.TokenChange,
    { check }: requests.CheckOptions = {},
  ): Promise<answers.UpdatedToken> {
    const path = tokenPath(keyId);
    const secrets = [change.github_token];
    return this.#connection.json(
      { method: "PATCH", path, query: { check }, body: change, secrets, notFound },
      answers.updatedTokenSchema,
    );
  }

  /** Makes a key in place of another, which works on for the grace period. */
  rotate(keyId: string, rotation: requests.Rotation = {}): Promise<answers.RotatedToken> {
    const path = `${tokenPath(keyId)}/rotate`;
    return this.#connection.json(
      { method: "POST", path, body: rotation, notFound },
      answers.rotatedTokenSchema,
    );
  }

  /** Deletes a key by its id, at once and for good. */
  delete(keyId: string): Promise<answers.DeletedToken> {
    const path = tokenPath(keyId);
    return this.#connection.json({ method: "DELETE", path, notFound }, answers.deletedTokenSchema);
  }

  /** Creates up to 1,000 keys, or with `dryRun` says whether it would; a row may fail by itself. */
  createMany(
    tokens: readonly requests.NewToken[],
    { check, dryRun }: requests.CheckOptions & { readonly dryRun?: boolean } = {},
  ): Promise<BulkAnswer> {
    const secrets = tokens.map((token) => token.github_token);
    const query = { check, dry_run: dryRun };
    // Each row may have the server ask GitHub.
    const timeoutMs = 120_000;
    const path = "/admin/tokens/bulk";
    return this.#connection.json(
      { method: "POST", path, query, body: { tokens }, secrets, timeoutMs },
      bulkAnswerSchema,
    );
  }

  /** The sealed records of every key, a JSON text a line, in pieces of bytes. */
  exportRecords(): AsyncIterable<Uint8Array> {
    return this.#connection.pieces({ method: "GET", path: "/admin/export", timeoutMs: 600_000 });
  }

  /** Puts sealed records back, as they were exported. */
  importRecords(text: string): Promise<ImportAnswer> {
    const raw = { type: "application/x-ndjson", text };
    return this.#connection.json(
      { method: "POST", path: "/admin/import", raw, timeoutMs: 120_000 },
      importAnswerSchema,
    );
  }

  /** Calls, errors, denials and GitHub points, by group. */
  usage(query: requests.UsageQuery = {}): Promise<Usage> {
    const call = { method: "GET", path: "/admin/usage", query: { ...query } } as const;
    return this.#connection.json(call, usageSchema);
  }

  /** The same as CSV, as the server writes it. */
  usageCsv(query: requests.UsageQuery = {}): Promise<string> {
    const path = "/admin/usage";
    return this.#connection.text({ method: "GET", path, query: { ...query, format: "csv" } });
  }

  /** A page of the audit log. */
  audit(query: requests.AuditQuery = {}): Promise<AuditPage> {
    const call = { method: "GET", path: "/admin/audit", query: { ...query } } as const;
    return this.#connection.json(call, auditPageSchema);
  }

  /** Whether every record of the audit log is as it was written. */
  verifyAudit(): Promise<AuditVerdict> {
    const path = "/admin/audit/verify";
    return this.#connection.json({ method: "GET", path, timeoutMs: 300_000 }, auditVerdictSchema);
  }

  /** How many records each secret key seals. */
  keyring(): Promise<Keyring> {
    return this.#connection.json({ method: "GET", path: "/admin/keyring" }, keyringSchema);
  }

  /** Seals every record by the current secret key. */
  reseal(): Promise<Reseal> {
    const path = "/admin/keyring/reseal";
    return this.#connection.json({ method: "POST", path, timeoutMs: 300_000 }, resealSchema);
  }

  /** How the server does; `probe` has it ask GitHub as well. */
  status({ probe = false } = {}): Promise<Status> {
    const query = { probe: probe ? "github" : undefined };
    return this.#connection.json({ method: "GET", path: "/admin/status", query }, statusSchema);
  }
}

function tokenPath(keyId: string): string {
  return `/admin/tokens/${encodeURIComponent(keyId)}`;
}

function inCircles(server: string): CliError {
  return new CliError("unexpected-answer", `${server} lists its keys in circles. Upgrade it.`);
}
