import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { onTestFinished } from "vitest";

import type { Token } from "../src/answers/token.ts";

export const adminToken = "admin-secret";

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface ReceivedCall {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown>;
}

export interface AdminApi {
  readonly url: string;
  readonly calls: ReceivedCall[];
  readonly tokens: Token[];
}

export function aToken(fields: Partial<Token> = {}): Token {
  return {
    key_id: "k1",
    user_id: null,
    description: null,
    github_host: "github.com",
    github_login: null,
    github_scopes: null,
    github_token_expires_at: null,
    scopes: ["comments:read"],
    read_only: false,
    allowed_repos: null,
    allowed_ips: null,
    rate_limit: null,
    created_at: "2026-03-01T10:00:00.000Z",
    last_used_at: null,
    expires_at: null,
    disabled: false,
    disabled_reason: null,
    state: "active",
    rotated_from: null,
    rotated_to: null,
    ...fields,
  };
}

export function problem(status: number, fields: Record<string, unknown> = {}): Answer {
  const body = { type: "about:blank", title: "Refused", status, code: "refused", ...fields };
  return { status, headers: { "content-type": "application/problem+json" }, body };
}

/** The answer of a server that dies once it has done what was asked. */
export const lost: Answer = { status: 0 };

/**
 * A server that keeps keys as the admin API promises, or gives the one `answer` to everything, or
 * what `answers` makes of a call (undefined: as the admin API promises).
 */
export async function startAdminApi({
  tokens = [],
  pageSize = 100,
  answer,
  answers = () => answer,
}: {
  readonly tokens?: readonly Token[];
  readonly pageSize?: number;
  readonly answer?: Answer;
  readonly answers?: (call: ReceivedCall) => Answer | undefined;
} = {}): Promise<AdminApi> {
  const calls: ReceivedCall[] = [];
  const stored = [...tokens];
  const server = createServer((request, response) => {
    void (async () => {
      const sent = await text(request);
      const call: ReceivedCall = {
        method: request.method ?? "",
        path: request.url ?? "",
        authorization: request.headers.authorization,
        body: sent === "" ? {} : (JSON.parse(sent) as Record<string, unknown>),
      };
      calls.push(call);
      const { status, headers, body } = answers(call) ?? reply(call, stored, pageSize);
      if (status === lost.status) response.destroy();
      else response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, calls, tokens: stored };
}

function reply(call: ReceivedCall, stored: Token[], pageSize: number): Answer {
  if (call.authorization !== `Bearer ${adminToken}`) return problem(401);
  const { pathname, searchParams } = new URL(call.path, "http://host");
  if (call.method === "POST") return create(call.body, stored);
  if (call.method === "GET") return list(stored, Number(searchParams.get("cursor") ?? 0), pageSize);
  return remove(decodeURIComponent(pathname.slice("/admin/tokens/".length)), stored);
}

function create(body: Record<string, unknown>, stored: Token[]): Answer {
  const token = aToken({
    key_id: `k${stored.length + 1}`,
    user_id: (body["user_id"] as string | undefined) ?? null,
    description: (body["description"] as string | undefined) ?? null,
    github_host: (body["github_host"] as string | undefined) ?? "github.com",
  });
  stored.push(token);
  return { status: 200, body: { mcp_key: `mcp_key-of-${token.key_id}`, ...token, warnings: [] } };
}

function list(stored: Token[], from: number, pageSize: number): Answer {
  const next = from + pageSize;
  const tokens = stored.slice(from, next);
  return {
    status: 200,
    body: { tokens, next_cursor: next < stored.length ? String(next) : null },
  };
}

function remove(keyId: string, stored: Token[]): Answer {
  const index = stored.findIndex((token) => token.key_id === keyId);
  if (index === -1) return problem(404, { detail: `There is no key ${keyId}.`, code: "not_found" });
  stored.splice(index, 1);
  return { status: 200, body: { status: "deleted", key_id: keyId } };
}
