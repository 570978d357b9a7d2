import { expect, it } from "vitest";

import { withRetries } from "../src/connection/retry.ts";
import { GitHubError } from "../src/index.ts";

const down = new GitHubError("github-unavailable", "down");

it("waits at most twice as long each time, up to two seconds, with full jitter", async () => {
  const waits: number[] = [];
  const retrying = withRetries(() => Promise.reject(down), {
    maxRetries: 7,
    random: () => 0.5,
    sleep: async (ms) => void waits.push(ms),
  });
  await expect(retrying).rejects.toBe(down);
  expect(waits).toEqual([50, 100, 200, 400, 800, 1_000, 1_000]);
});

it("does not repeat what will not pass", async () => {
  let tries = 0;
  const forbidden = new GitHubError("github-forbidden", "no");
  const retrying = withRetries(
    () => {
      tries += 1;
      return Promise.reject(forbidden);
    },
    { maxRetries: 5 },
  );
  await expect(retrying).rejects.toBe(forbidden);
  expect(tries).toBe(1);
});

it("stops waiting when the caller gives up", async () => {
  const signal = AbortSignal.abort();
  const retrying = withRetries(() => Promise.reject(down), {
    maxRetries: 1,
    signal,
    random: () => 1,
  });
  await expect(retrying).rejects.toMatchObject({ name: "AbortError" });
});
