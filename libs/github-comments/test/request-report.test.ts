import { EventEmitter, once } from "node:events";

import { expect, it } from "vitest";

import { CredentialGate } from "../src/connection/credential-gate.ts";
import { reportRequest } from "../src/connection/request-report.ts";
import { GitHubError, type RequestReport } from "../src/index.ts";
import { acme, read } from "./acme.ts";

/** Everything that a connection reports. */
function reports(): {
  readonly heard: RequestReport[];
  readonly onRequest: (report: RequestReport) => void;
} {
  const heard: RequestReport[] = [];
  return { heard, onRequest: (report) => void heard.push(report) };
}

const answer = { data: {}, partial: false, refusal: undefined, headers: {} };

it("reports every request, its points and what is left of them", async () => {
  const { heard, onRequest } = reports();
  const { github } = await acme({ threads: 400 }, { onRequest });
  const { cost } = await read(github);
  expect(heard).toHaveLength(cost.requests);
  expect(heard.map(({ outcome, wasSent, points }) => [outcome, wasSent, points])).toEqual(
    heard.map(() => ["ok", true, 1]),
  );
  expect(Math.min(...heard.map(({ remaining = Infinity }) => remaining))).toBe(cost.remaining);
});

it("reports each try of a request that is tried again", async () => {
  const { heard, onRequest } = reports();
  const { double, github } = await acme({ threads: 1 }, { maxRetries: 1, onRequest });
  double.fail({ kind: "status", status: 502 });
  await read(github, { bothEnds: false });
  expect(heard.map(({ outcome }) => outcome)).toEqual(["github-unavailable", "ok"]);
});

it("tells what GitHub's limit kept back from what was sent", async () => {
  const { heard, onRequest } = reports();
  const gate = new CredentialGate();
  const limited = () =>
    Promise.reject(new GitHubError("github-rate-limited", "x", { retryAfter: 60 }));
  for (let i = 0; i < 2; i += 1) {
    const trying = reportRequest(limited, { gate, signal: undefined, onRequest });
    await expect(trying).rejects.toMatchObject({ code: "github-rate-limited" });
  }
  expect(heard.map(({ outcome, wasSent }) => [outcome, wasSent])).toEqual([
    ["github-rate-limited", true],
    ["github-rate-limited", false],
  ]);
});

it("tells the wait for a turn from the time that GitHub took", async () => {
  const { heard, onRequest } = reports();
  const gate = new CredentialGate();
  const done = new EventEmitter();
  const running = Array.from({ length: 10 }, () => gate.run(() => once(done, "done"), undefined));
  await new Promise((resolve) => setImmediate(resolve));
  let now = 1_000;
  const eleventh = reportRequest(
    async () => {
      now += 20;
      return { ...answer, partial: true };
    },
    { gate, signal: undefined, onRequest, elapsed: () => now },
  );
  now += 300;
  done.emit("done");
  await Promise.all([...running, eleventh]);
  expect(heard).toEqual([
    {
      outcome: "partial",
      wasSent: true,
      waitedMs: 300,
      durationMs: 20,
      points: undefined,
      remaining: undefined,
    },
  ]);
});

it("tells a caller who left from a failure of our own", async () => {
  const { heard, onRequest } = reports();
  const gate = new CredentialGate();
  const gone = AbortSignal.abort();
  const never = () => Promise.resolve(answer);
  await expect(reportRequest(never, { gate, signal: gone, onRequest })).rejects.toThrow("aborted");
  const broken = () => Promise.reject(new Error("a mistake"));
  await expect(reportRequest(broken, { gate, signal: undefined, onRequest })).rejects.toThrow(
    "a mistake",
  );
  expect(heard.map(({ outcome, wasSent }) => [outcome, wasSent])).toEqual([
    ["cancelled", false],
    ["failed", true],
  ]);
});
