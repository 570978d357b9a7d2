import { expect, it } from "vitest";

import { loadConfig } from "../src/config.ts";
import { adminToken, type Harness, harness, prUrl } from "./harness.ts";

const app = "https://app.example";
const withCors = (origins: readonly string[], withCredentials = false) =>
  harness({ cors: { origins, withCredentials } });

const preflight = ({ url }: Harness, path: string, origin: string) =>
  fetch(url + path, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization, content-type",
    },
  });

it.each(["/mcp", "/api/fetch-comments"])(
  "answers the preflight of a named origin at %s",
  async (path) => {
    const server = await withCors([app, "https://other.example"]);
    const response = await preflight(server, path, app);
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe(app);
    expect(response.headers.get("access-control-allow-headers")).toContain("authorization");
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
    expect(response.headers.get("vary")).toContain("Origin");
  },
);

it("lets a named page read the answer and its rate headers", async () => {
  const { post } = await withCors([app], true);
  const response = await post("/api/fetch-comments", { pr_url: prUrl }, { origin: app });
  expect(response.status).toBe(200);
  expect(response.headers.get("access-control-allow-origin")).toBe(app);
  expect(response.headers.get("access-control-allow-credentials")).toBe("true");
  expect(response.headers.get("access-control-expose-headers")).toContain("RateLimit-Policy");
});

it("refuses every other page, also when others are let in", async () => {
  const { post } = await withCors([app]);
  for (const origin of ["https://evil.tld", "https://app.example.evil.tld", "null"]) {
    const response = await post("/api/fetch-comments", { pr_url: prUrl }, { origin });
    expect([response.status, response.headers.get("access-control-allow-origin")]).not.toEqual([
      200,
      origin,
    ]);
    expect(response.status).toBe(403);
  }
});

it("lets every page in for *, and none of them with credentials", async () => {
  const { post } = await withCors(["*"]);
  const response = await post(
    "/api/fetch-comments",
    { pr_url: prUrl },
    { origin: "https://a.tld" },
  );
  expect(response.status).toBe(200);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  expect(response.headers.get("access-control-allow-credentials")).toBeNull();
  expect(() => loadConfig({ CORS_ALLOW_ORIGINS: "*", CORS_ALLOW_CREDENTIALS: "true" })).toThrow(
    /^CORS_ALLOW_CREDENTIALS: cannot go with \*/,
  );
});

it.each([["*"], [app]])("never lets a page near the admin routes (%s)", async (origins) => {
  const server = await withCors([origins]);
  expect(
    (await preflight(server, "/admin/tokens", app)).headers.get("access-control-allow-origin"),
  ).toBeNull();
  const list = await fetch(`${server.url}/admin/tokens`, {
    headers: { authorization: `Bearer ${adminToken}`, origin: app },
  });
  expect(list.headers.get("access-control-allow-origin")).toBeNull();
});

it("says nothing of CORS unless it is told to", async () => {
  const { post } = await harness();
  const response = await post("/api/fetch-comments", { pr_url: prUrl });
  expect(response.headers.get("access-control-allow-origin")).toBeNull();
});
