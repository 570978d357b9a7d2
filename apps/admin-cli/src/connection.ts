import type { z } from "zod";

import { CliError } from "./errors.ts";
import { parseJson } from "./json.ts";
import { notOurServer, outdatedServer, refusal } from "./refusal.ts";
import { serverVersion } from "./server-version.ts";

/** One request: what is asked of the server, and how a refusal of it is told. */
export interface Call {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  /** What is undefined is left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** A body that is no JSON, with its media type. */
  readonly raw?: { readonly type: string; readonly text: string };
  /** What was sent that must not be shown, should the server repeat it. */
  readonly secrets?: readonly (string | undefined)[];
  /** What to say when there is no such thing. */
  readonly notFound?: string;
  readonly timeoutMs?: number;
}

/**
 * Carries requests to one server. Every method throws CliError: "unreachable", "outdated-server",
 * "admin-token-refused", "not-permitted", "not-found", "refused", or "unexpected-answer".
 */
export class Connection {
  readonly server: string;
  readonly #bearer: string;
  readonly #timeoutMs: number;

  /** `server` has no trailing slash; a call is given up after `timeoutMs` milliseconds. */
  constructor(server: string, bearer: string, { timeoutMs = 30_000 } = {}) {
    this.server = server;
    this.#bearer = bearer;
    this.#timeoutMs = timeoutMs;
  }

  /** The answer to a call, as the schema has it. */
  async json<Answer>(call: Call, schema: z.ZodType<Answer>): Promise<Answer> {
    const response = await this.#send(call);
    const parsed = schema.safeParse(parseJson(await this.#text(response, call)));
    if (parsed.success) return parsed.data;
    throw await this.#unlike(call, response.status);
  }

  /** The answer to a call, as it is. */
  async text(call: Call): Promise<string> {
    return this.#text(await this.#send(call), call);
  }

  /** The answer to a call in pieces, as they come; it throws when the answer breaks off. */
  async *pieces(call: Call): AsyncGenerator<Uint8Array, void> {
    const { body } = await this.#send(call);
    if (body === null) return;
    try {
      for await (const piece of body) yield piece;
    } catch (error) {
      throw this.#unreachable(error, call);
    }
  }

  async #send(call: Call): Promise<Response> {
    const response = await this.#fetch(call);
    if (response.status === 200) return response;
    const body = parseJson(await this.#text(response, call));
    const { notFound, secrets = [] } = call;
    const sent = [this.#bearer, ...secrets].filter((secret) => secret !== undefined);
    const error = refusal(this.server, response.status, body, { notFound, secrets: sent });
    throw error.code === "outdated-server" ? await this.#unlike(call, response.status) : error;
  }

  async #fetch(call: Call): Promise<Response> {
    const { method, path, query = {}, timeoutMs = this.#timeoutMs } = call;
    const type = call.raw?.type ?? "application/json";
    try {
      return await fetch(`${this.server}${path}${search(query)}`, {
        method,
        headers: { authorization: `Bearer ${this.#bearer}`, "content-type": type },
        body: call.raw?.text ?? (call.body === undefined ? null : JSON.stringify(call.body)),
        // A redirect followed would carry the tokens to whoever it names.
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch (error) {
      throw this.#unreachable(error, call);
    }
  }

  async #text(response: Response, call: Call): Promise<string> {
    try {
      return await response.text();
    } catch (error) {
      throw this.#unreachable(error, call);
    }
  }

  /** What to say of a server that has no such route, or answers it in another form. */
  async #unlike({ method, path }: Call, status: number): Promise<CliError> {
    const version = await serverVersion(this.server);
    if (version === undefined) return notOurServer(this.server, status);
    return outdatedServer(this.server, version, `${method} ${path}`);
  }

  #unreachable(error: unknown, { timeoutMs = this.#timeoutMs }: Call): CliError {
    const reason = reasonOf(error, timeoutMs);
    const message = `No server answers at ${this.server} (${reason}). Is it running, and is that its address? See --url.`;
    return new CliError("unreachable", message);
  }
}

function search(query: NonNullable<Call["query"]>): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) given.set(name, String(value));
  }
  return given.size === 0 ? "" : `?${given.toString()}`;
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return "no reason given";
  if (error.name === "TimeoutError") return `nothing within ${timeoutMs / 1_000} s`;
  const { cause } = error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "connection lost";
}
