import { expect, it } from "vitest";

import { CredentialGate } from "../src/connection/credential-gate.ts";
import { GitHubError } from "../src/index.ts";

const limited = (retryAfter: number) => new GitHubError("github-rate-limited", "x", { retryAfter });

it("runs ten requests at once and no more", async () => {
  const gate = new CredentialGate();
  let running = 0;
  let peak = 0;
  const request = async () => {
    running += 1;
    peak = Math.max(peak, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
  };
  await Promise.all(Array.from({ length: 50 }, () => gate.run(request, undefined)));
  expect(peak).toBe(10);
});

it("sends nothing while GitHub's limit lasts, and says how long", async () => {
  let now = 0;
  const gate = new CredentialGate({ now: () => now });
  await expect(gate.run(() => Promise.reject(limited(60)), undefined)).rejects.toThrow("x");
  let sent = 0;
  const request = async () => (sent += 1);
  now = 10_000;
  await expect(gate.run(request, undefined)).rejects.toMatchObject({
    code: "github-rate-limited",
    retryAfter: 50,
  });
  expect(sent).toBe(0);
  now = 60_000;
  expect(await gate.run(request, undefined)).toBe(1);
});

it("waits out a second or two by itself", async () => {
  let now = 0;
  const gate = new CredentialGate({ now: () => now });
  await expect(gate.run(() => Promise.reject(limited(1)), undefined)).rejects.toThrow("x");
  now = 990;
  expect(await gate.run(async () => "sent", undefined)).toBe("sent");
});

it("has ten retries to give, and one more for every ten requests", async () => {
  const gate = new CredentialGate();
  const spent = Array.from({ length: 12 }, () => gate.spendRetry());
  expect(spent.filter(Boolean)).toHaveLength(10);
  for (let i = 0; i < 11; i += 1) await gate.run(async () => {}, undefined);
  expect([gate.spendRetry(), gate.spendRetry()]).toEqual([true, false]);
});

it("does not run what its caller no longer wants", async () => {
  let sent = 0;
  const running = new CredentialGate().run(async () => (sent += 1), AbortSignal.abort());
  await expect(running).rejects.toMatchObject({ name: "AbortError" });
  expect(sent).toBe(0);
});
