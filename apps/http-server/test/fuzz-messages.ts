import fc from "fast-check";

import { accept, envelope, legacyHeaders, modernHeaders, modernRevision } from "./mcp-messages.ts";

/** One request to `/mcp`, as bytes and headers. */
export interface Shot {
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

const served = ["tools/call", "tools/list", "server/discover", "initialize", "ping"];
const notifications = ["notifications/initialized", "notifications/cancelled"];
const unknown = [
  "subscriptions/listen",
  "resources/read",
  "logging/setLevel",
  "__proto__",
  "toString",
];
const methods = [...served, ...served, ...notifications, ...unknown];
/** Tools that refuse what is asked here before they would ask GitHub. */
const toolNames = ["fetch_pr_review_comments", "resolve_open_pr_url", "check_access", "toString"];
const revisions = [
  modernRevision,
  "2025-11-25",
  "2025-03-26",
  "2024-11-05",
  "2031-01-01",
  "banana",
];

/** Seldom the second: most of what is sent has to get deep into the server. */
const mostly = (usual: fc.Arbitrary<unknown>, odd: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 19, arbitrary: usual }, { weight: 1, arbitrary: odd });

const anyJson = fc.jsonValue({ maxDepth: 3 });
const method = mostly(fc.constantFrom(...methods), anyJson);
const id = mostly(fc.oneof(fc.integer(), fc.string()), anyJson);
const revision = fc.constantFrom(...revisions);
const clientInfo = mostly(fc.constant({ name: "fuzz", version: "0" }), anyJson);
const capabilities = mostly(fc.constant({}), anyJson);

const meta = fc.record(
  {
    "io.modelcontextprotocol/protocolVersion": mostly(revision, anyJson),
    "io.modelcontextprotocol/clientCapabilities": capabilities,
    "io.modelcontextprotocol/clientInfo": clientInfo,
    progressToken: mostly(fc.integer(), anyJson),
    traceparent: anyJson,
  },
  { requiredKeys: [] },
);
const toolArguments = fc.record(
  { pr_url: mostly(fc.constant("https://evil.example/a/b/pull/7"), anyJson), cursor: anyJson },
  { requiredKeys: [] },
);
const params = fc.record(
  {
    name: mostly(fc.constantFrom(...toolNames), anyJson),
    arguments: mostly(toolArguments, anyJson),
    protocolVersion: mostly(revision, anyJson),
    capabilities,
    clientInfo,
    notifications: mostly(fc.constant({ toolsListChanged: true }), anyJson),
    requestId: mostly(id, anyJson),
    cursor: mostly(fc.constant("next"), anyJson),
    _meta: mostly(fc.constant({}), meta),
  },
  { requiredKeys: ["name", "protocolVersion", "capabilities", "clientInfo"] },
);
const message = mostly(
  fc.record(
    {
      jsonrpc: mostly(fc.constant("2.0"), anyJson),
      id,
      method,
      params: mostly(fc.oneof(params, fc.constant({ _meta: envelope })), anyJson),
      result: anyJson,
      error: anyJson,
    },
    { requiredKeys: ["jsonrpc", "method"] },
  ),
  anyJson,
);

/** What the rules of the 2026 era let through to a handler, for all that its parameters hold. */
const modernShot = fc
  .tuple(fc.constantFrom(...methods), fc.constantFrom(...toolNames), params, id)
  .map(([name, tool, rest, requestId]) => ({
    body: written(name, { ...rest, name: tool, uri: tool, _meta: envelope }, requestId),
    headers: modernHeaders(name, tool),
  }));

const legacyShot = fc
  .tuple(
    fc.constantFrom(...methods),
    params,
    id,
    fc.constantFrom(undefined, "2025-11-25", "banana"),
  )
  .map(([name, rest, requestId, header]) => ({
    body: written(name, rest, requestId),
    headers: legacyHeaders(header),
  }));

function written(name: string, rest: object, requestId: unknown): string {
  const isNotification = notifications.includes(name);
  const head = { jsonrpc: "2.0", ...(!isNotification && { id: requestId }) };
  return JSON.stringify({ ...head, method: name, params: rest });
}

const headerText = fc.stringMatching(/^[\x21-\x7e]{1,20}$/);
const headers = fc
  .record(
    {
      accept: mostly(fc.constant(accept), headerText),
      "mcp-protocol-version": mostly(revision, headerText),
      "mcp-method": fc.oneof(fc.constantFrom(...methods), headerText),
      "mcp-name": fc.oneof(fc.constantFrom(...toolNames, "=?base64?dG9TdHJpbmc=?="), headerText),
      "mcp-session-id": headerText,
      "last-event-id": headerText,
    },
    { requiredKeys: [] },
  )
  .map((each) => ({ accept, ...withoutHoles(each) }));

function withoutHoles(record: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, String(value)]));
}

const bodyText = mostly(message, fc.array(message, { maxLength: 12 })).map((body) =>
  JSON.stringify(body),
);

/** A text cut, doubled or overwritten somewhere, so that it is almost JSON. */
const brokenText = fc
  .tuple(bodyText, fc.nat(), fc.nat(20), fc.string({ maxLength: 5 }))
  .map(([text, at, length, patch]) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + patch + text.slice(start + length);
  });

/** Requests of every kind, from almost right to noise. */
export const shots: fc.Arbitrary<Shot> = fc.oneof(
  { weight: 4, arbitrary: modernShot },
  { weight: 4, arbitrary: legacyShot },
  { weight: 3, arbitrary: fc.record({ body: bodyText, headers }) },
  { weight: 1, arbitrary: fc.record({ body: brokenText, headers }) },
  { weight: 1, arbitrary: fc.record({ body: fc.uint8Array({ maxLength: 200 }), headers }) },
);
