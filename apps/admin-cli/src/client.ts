import type { z } from "zod";

import { createdTokenSchema, deletedTokenSchema, tokenPageSchema } from "./answers.ts";
import type { CreatedToken, DeletedToken, ListedToken } from "./answers.ts";
import { CliError } from "./errors.ts";
import { parseJson } from "./json.ts";
import { notOurServer, refusal } from "./refusal.ts";

/** What a new key is for, in the words of the admin API. */
export interface NewToken {
  readonly github_token: string;
  readonly user_id?: string | undefined;
  readonly description?: string | undefined;
  readonly github_host?: string | undefined;
}

interface Call<Answer> {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly answer: z.ZodType<Answer>;
  readonly body?: NewToken;
  readonly notFound?: string;
}

/**
 * The admin API of a server. Every method throws CliError: "unreachable", "admin-token-refused",
 * "not-found", "refused" with the server's reason, or "unexpected-answer".
 */
export class AdminClient {
  readonly #server: string;
  readonly #adminToken: string;
  readonly #timeoutMs: number;

  /** `server` has no trailing slash; a call is given up after `timeoutMs` milliseconds. */
  constructor(server: string, adminToken: string, { timeoutMs = 30_000 } = {}) {
    this.#server = server;
    this.#adminToken = adminToken;
    this.#timeoutMs = timeoutMs;
  }

  /** Creates a key; the answer is the only one that ever holds it. */
  create(token: NewToken): Promise<CreatedToken> {
    return this.#call({
      method: "POST",
      path: "/admin/tokens",
      answer: createdTokenSchema,
      body: token,
    });
  }

  /** Every key the server knows, in its order, page after page. */
  async list(): Promise<readonly ListedToken[]> {
    const tokens: ListedToken[] = [];
    const cursors = new Set<string>();
    let query = "";
    for (;;) {
      const path = `/admin/tokens${query}`;
      const page = await this.#call({ method: "GET", path, answer: tokenPageSchema });
      tokens.push(...page.tokens);
      if (page.next_cursor === null) return tokens;
      // A cursor given twice would have us read in circles.
      if (cursors.has(page.next_cursor)) throw notOurServer(this.#server, 200);
      cursors.add(page.next_cursor);
      query = `?${new URLSearchParams({ cursor: page.next_cursor }).toString()}`;
    }
  }

  /** Deletes a key by its id, at once and for good. */
  delete(keyId: string): Promise<DeletedToken> {
    const path = `/admin/tokens/${encodeURIComponent(keyId)}`;
    const notFound = "No key has that id. See the ids: pr-review-admin list";
    return this.#call({ method: "DELETE", path, answer: deletedTokenSchema, notFound });
  }

  async #call<Answer>({ method, path, answer, body, notFound }: Call<Answer>): Promise<Answer> {
    const { status, text } = await this.#send(method, path, body);
    const json = parseJson(text);
    if (status !== 200) {
      const secrets = [this.#adminToken, body?.github_token ?? ""];
      throw refusal(this.#server, status, json, { secrets, notFound });
    }
    const parsed = answer.safeParse(json);
    if (!parsed.success) throw notOurServer(this.#server, status);
    return parsed.data;
  }

  async #send(
    method: string,
    path: string,
    body: NewToken | undefined,
  ): Promise<{ readonly status: number; readonly text: string }> {
    try {
      const response = await fetch(`${this.#server}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.#adminToken}`,
          "content-type": "application/json",
        },
        body: body === undefined ? null : JSON.stringify(body),
        // A redirect followed would carry the GitHub token to whoever it names.
        redirect: "manual",
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
      return { status: response.status, text: await response.text() };
    } catch {
      throw new CliError(
        "unreachable",
        `No server answers at ${this.#server} . Is it running? (npm start)`,
      );
    }
  }
}
