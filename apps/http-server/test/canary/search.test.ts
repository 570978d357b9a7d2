import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it, onTestFinished } from "vitest";

import { startGitHub, startLockedRedis, startWithKeys } from "./rig.ts";
import { findCanaries } from "./search.ts";
import { canariesOf, makeSecrets } from "./secrets.ts";
import { everyEndpoint, grantKey } from "./shots.ts";
import { readFolder, watchOutput } from "./traces.ts";

it.each([
  ["as it is", (value: string) => value],
  ["by its last 12 characters", (value: string) => value.slice(-12)],
  ["by 12 from its middle", (value: string) => value.slice(20, 32)],
  ["in hex", (value: string) => Buffer.from(value).toString("hex")],
  ["in base64", (value: string) => Buffer.from(`x:${value}`).toString("base64")],
  ["escaped for a URL", encodeURIComponent],
])("knows each of the secrets %s", (_, disguise) => {
  for (const canary of canariesOf(makeSecrets())) {
    expect(findCanaries([`{"a":"${disguise(canary.value)}"}`], [canary])).toHaveLength(1);
  }
});

it("takes nothing for a secret that is none", () => {
  const canaries = canariesOf(makeSecrets());
  const others = Object.values(makeSecrets());
  // The kind of a token, and the id of a key, are no secrets.
  const open = canaries.map(({ value }) => /^(?:mcp_1.{10}|[a-z]+_|.{4})/.exec(value)?.[0] ?? "");
  expect(findCanaries([...others, ...open], canaries)).toEqual([]);
});

it("finds a canary in every channel, so that finding none means something", async () => {
  const secrets = makeSecrets();
  const output = watchOutput();
  const { url, witness } = await startLockedRedis(secrets);
  const double = await startGitHub(secrets);
  const { server, doors } = await startWithKeys(double, secrets, { REDIS_URL: url });
  const folder = await mkdtemp(join(tmpdir(), "canary-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const value = makeSecrets()["admin token"];

  // A label is there to be seen, in the list of keys, in the log and in the store.
  const label = { github_token: secrets["classic token"], user_id: value };
  await server.fire([grantKey(label, doors.admin)]);
  const user = server.issued.at(-1)?.value ?? "";
  await server.fire(everyEndpoint({ ...doors, user }));
  server.metrics.problems.inc({ code: value });
  process.stderr.write(`${value}\n`);
  await writeFile(join(folder, "left-behind"), value);

  const channels = {
    log: server.log,
    answers: server.answers,
    metrics: [(await server.metrics.text()).body],
    output,
    commands: witness.told,
    redis: await witness.dump(),
    folder: await readFolder(folder),
  };
  const silent = Object.entries(channels).filter(
    ([, texts]) => findCanaries(texts, [{ name: "label", value }]).length === 0,
  );
  expect(silent).toEqual([]);
});
