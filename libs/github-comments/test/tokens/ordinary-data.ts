export const diff = `diff --git a/src/server/limits.ts b/src/server/limits.ts
index 3f1c2ab..9d04e7c 100644
--- a/src/server/limits.ts
+++ b/src/server/limits.ts
@@ -12,9 +12,14 @@ export interface Limits {
   readonly maxBytes: number;
 }

-export function readBody(request: IncomingMessage): Promise<Buffer> {
+export async function readBody(request: IncomingMessage, { maxBytes }: Limits): Promise<Buffer> {
   const chunks: Buffer[] = [];
-  request.on("data", (chunk) => chunks.push(chunk));
-  return new Promise((resolve) => request.on("end", () => resolve(Buffer.concat(chunks))));
+  let size = 0;
+  for await (const chunk of request) {
+    size += chunk.length;
+    if (size > maxBytes) throw new BodyTooLarge(maxBytes);
+    chunks.push(chunk);
+  }
+  return Buffer.concat(chunks);
 }

@@ -48,7 +53,7 @@ async function handle(request: IncomingMessage, response: ServerResponse) {
   try {
-    const body = await readBody(request);
+    const body = await readBody(request, limits);
     const item = itemSchema.parse(JSON.parse(body.toString("utf8")));
     response.writeHead(201, { "content-type": "application/json" });
     response.end(JSON.stringify(await store.add(item)));
diff --git a/deploy/values.yaml b/deploy/values.yaml
index 77aa901..b2c4410 100644
--- a/deploy/values.yaml
+++ b/deploy/values.yaml
@@ -1,8 +1,9 @@
 image:
   repository: registry.example.com/team/items
-  tag: 1.4.2
+  tag: 1.5.0
 env:
   LOG_LEVEL: info
+  MAX_BODY_BYTES: "1048576"
 resources:
   limits:
     memory: 256Mi
`;

export const json = JSON.stringify(
  {
    pullRequest: {
      owner: "example",
      repo: "items",
      number: 318,
      title: "Limit the size of bodies",
    },
    threads: [
      {
        id: "thread-1",
        path: "src/server/limits.ts",
        line: 21,
        isResolved: false,
        comments: [
          {
            author: "mira",
            createdAt: "2024-11-05T09:12:44Z",
            body: "Could we answer with 413 here instead of closing the socket? Clients retry on a reset.",
            url: "https://github.com/example/items/pull/318#discussion_r1830011223",
          },
          {
            author: "jonas-k",
            createdAt: "2024-11-05T10:02:01Z",
            body: "Done, and I added a test for it.\n\n```ts\nexpect(response.status).toBe(413);\n```",
            url: "https://github.com/example/items/pull/318#discussion_r1830094417",
          },
        ],
      },
      {
        id: "thread-2",
        path: "deploy/values.yaml",
        line: 7,
        isResolved: true,
        comments: [
          {
            author: "ops-bot",
            createdAt: "2024-11-06T16:40:19Z",
            body: "This variable is not documented in docs/configuration.md.",
            url: "https://github.com/example/items/pull/318#discussion_r1831777810",
          },
        ],
      },
    ],
    nextCursor: null,
    hasMore: false,
  },
  null,
  2,
);

export const log = `2024-11-05 09:12:44.120 INFO  [main] server: listening on 0.0.0.0:8080 (pid 4711)
2024-11-05 09:12:51.007 WARN  [worker-3] pool: connection lost, retrying in 250 ms (attempt 2 of 5)
2024-11-05 09:12:51.302 ERROR [worker-3] handler: TypeError: Cannot read properties of undefined (reading 'id')
    at findSession (/app/dist/session.js:41:23)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
    at async handle (/app/dist/server.js:118:17)
  PASS  tests/limits.test.ts (12 tests) 418 ms
  FAIL  tests/session.test.ts > finds nothing for an expired cookie
 Test Files  1 failed | 23 passed (24)
      Tests  1 failed | 207 passed (208)
   Duration  9.84s
`;
