import { type AppOptions } from "../../src/app.ts";
import { adminToken, type Harness, harness, json } from "../harness.ts";

/** A server, and an admin who asks it things. */
export interface AdminRig extends Harness {
  /** Sends JSON, or a text with its type, and answers what came back. */
  readonly ask: (
    method: string,
    path: string,
    body?: unknown,
    type?: string,
  ) => Promise<{ readonly status: number; readonly body: Awaited<ReturnType<typeof json>> }>;
  /** Calls a tool by REST with a key. */
  readonly use: (key: unknown, body?: object) => Promise<Response>;
}

export const pr = { pr_url: "https://github.com/acme/widgets/pull/7" };

/** Starts a server for an admin; it ends with the test. */
export async function adminRig(options: Partial<AppOptions> = {}): Promise<AdminRig> {
  const server = await harness(options);
  return {
    ...server,
    ask: async (method, path, body, type = "application/json") => {
      const response = await fetch(server.url + path, {
        method,
        headers: { authorization: `Bearer ${adminToken}`, "content-type": type },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      return { status: response.status, body: await json(response) };
    },
    use: async (key, body = pr) =>
      server.post("/api/fetch-comments", body, { authorization: `Bearer ${String(key)}` }),
  };
}
