/** Starts an image as it is deployed, asks it for what it is for, and ends it: see image.sh. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";

import { demoTokens, startGitHubDouble } from "@pr-review/github-double";

import { callOf } from "../rolling/calls.ts";
import { createKeys } from "../rolling/create-keys.ts";
import { startContainer } from "./container.ts";

const node = "/usr/local/bin/node";
const tries = 60;

const [image = "", portName = "", ...engine] = process.argv.slice(2);
const adminToken = randomBytes(32).toString("base64");
const github = await startGitHubDouble();
const port = "18080";
const container = startContainer(image, engine, {
  MCP_SECRET_KEY: randomBytes(32).toString("base64"),
  MCP_ADMIN_TOKEN: adminToken,
  // HEALTHCHECK must follow it.
  [portName]: port,
  GITHUB_API_URL: github.restUrl,
  GITHUB_GRAPHQL_URL: github.graphqlUrl,
});
const url = `http://127.0.0.1:${port}`;
try {
  say("answers /health", await answersHealth());
  say("HEALTHCHECK passes", await container.isHealthy());
  say("runs as nobody", (await inNode("process.getuid()")) !== "0");
  say(
    "cannot write",
    (await inNode("try{fs.writeFileSync('/app/x','');1}catch(e){e.code}")) === "EROFS",
  );
  say(
    "has no shell",
    await container.exec("/bin/sh", "-c", "true").then(
      () => false,
      () => true,
    ),
  );
  const [key = ""] = await createKeys({
    url,
    adminToken,
    count: 1,
    githubTokens: [demoTokens.alice],
  });
  for (const index of [0, 1, 2]) say(`answers call ${index}`, await answers(key, index));
  say("asked GitHub nothing wrong", github.problems.length === 0);
} finally {
  const status = await container.stop();
  await github.close();
  say("exits with 0 on SIGTERM", status === 0);
}

function say(what: string, isSo: boolean): void {
  console.log(`${isSo ? "ok" : "NOT"}: ${what}`);
  assert.ok(isSo, what);
}

async function answersHealth(): Promise<boolean> {
  for (let count = 0; count < tries; count += 1) {
    const answer = await fetch(`${url}/health`).catch(() => undefined);
    if (answer?.ok === true) return true;
    await wait(500);
  }
  return false;
}

function inNode(expression: string): Promise<string> {
  return container.exec(node, "-p", expression);
}

async function answers(key: string, index: number): Promise<boolean> {
  const { path, headers, body, isAnswer } = callOf(key, index);
  const answer = await fetch(url + path, { method: "POST", headers, body });
  return answer.ok && isAnswer(await answer.text());
}
