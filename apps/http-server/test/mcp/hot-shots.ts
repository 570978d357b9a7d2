import fc from "fast-check";

import type { Shot } from "../fuzz-messages.ts";
import { prUrl } from "../harness.ts";
import { legacyHeaders, legacyRequest, modernHeaders, modernRequest } from "../mcp-messages.ts";

const anyJson = fc.jsonValue({ maxDepth: 2 });
const name = "fetch_pr_review_comments";

/** The plainest requests there are, and what the tool says to their arguments. */
export const plainShots: Readonly<Record<string, Shot>> = {
  "tools/list, modern": shot(modernRequest("tools/list"), modernHeaders("tools/list")),
  "tools/list, legacy": shot(legacyRequest("tools/list"), legacyHeaders("2025-11-25")),
  "tools/list, legacy and without parameters": shot(
    { jsonrpc: "2.0", id: "a", method: "tools/list" },
    legacyHeaders(),
  ),
  ...callShots("a call", { pr_url: prUrl }),
  ...callShots("a call in JSON", { pr_url: prUrl, output: "json" }),
  ...callShots("a failure", { pr_url: "nonsense" }),
  ...callShots("wrong arguments", { colour: "red" }),
  ...callShots("no arguments", undefined),
};

/** A request as it is sent. */
export function shot(body: unknown, headers: Readonly<Record<string, string>>): Shot {
  return { body: JSON.stringify(body), headers };
}

function callShots(what: string, args: object | undefined): Record<string, Shot> {
  const params = { name, arguments: args };
  const modern = shot(modernRequest("tools/call", params), modernHeaders("tools/call", name));
  const legacy = shot(legacyRequest("tools/call", params, "x"), legacyHeaders("2025-06-18"));
  return { [`${what}, modern`]: modern, [`${what}, legacy`]: legacy };
}

const keys = fc.oneof(
  fc.constantFrom("_meta", "__proto__", "cursor", "task", "inputResponses", "requestState", "id"),
  fc.constantFrom("name", "arguments", "method", "jsonrpc", "params", "progressToken", "title"),
  fc.constantFrom("io.modelcontextprotocol/logLevel", "traceparent", "roots", "sampling", "tasks"),
  fc.string({ maxLength: 5 }),
);

/** One place in a JSON object, by which of its objects and by name, and what becomes of it. */
interface Change {
  readonly at: number;
  readonly key: string | undefined;
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  // Without one, a key that is there.
  key: fc.option(keys, { nil: undefined }),
  // Without one, the key goes.
  value: fc.option(anyJson, { nil: undefined }),
});

const headerNames = ["accept", "mcp-protocol-version", "mcp-method", "mcp-name", "mcp-param-x"];
const headerValues = fc.oneof(
  fc.constantFrom("application/json", "text/event-stream, application/json", "*/*", "2026-07-28"),
  fc.constantFrom("2025-11-25", "2024-11-05", "2030-01-01", "tools/list", "tools/call", "whoami"),
  fc.constantFrom(name, `=?base64?${Buffer.from(name).toString("base64")}?=`),
);

/** Plain requests with one thing or none changed in the body, and one or none in the headers. */
export const nearlyPlainShots: fc.Arbitrary<Shot> = fc
  .tuple(
    fc.constantFrom(...Object.values(plainShots)),
    fc.option(change),
    fc.option(fc.tuple(fc.constantFrom(...headerNames), headerValues), { freq: 1 }),
  )
  .map(([{ body, headers }, inBody, inHeaders]) => ({
    body: inBody === null ? body : changed(String(body), inBody),
    headers: inHeaders === null ? headers : { ...headers, [inHeaders[0]]: inHeaders[1] },
  }));

function changed(text: string, { at, key, value }: Change): string {
  const body: unknown = JSON.parse(text);
  const objects = objectsIn(body);
  const place = objects[at % objects.length] ?? {};
  const there = Object.keys(place);
  const chosen = key ?? there[at % there.length] ?? "x";
  if (value === undefined) Reflect.deleteProperty(place, chosen);
  else Object.defineProperty(place, chosen, { value, enumerable: true, configurable: true });
  return JSON.stringify(body);
}

function objectsIn(value: unknown): object[] {
  if (typeof value !== "object" || value === null) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}
