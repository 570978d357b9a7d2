import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

import { type CloudGround, layGround } from "./cloud-ground.ts";

const manifest = z.looseObject({
  spec: z.object({
    template: z.object({
      metadata: z.object({ annotations: z.record(z.string(), z.string()) }),
      spec: z.looseObject({
        serviceAccountName: z.string(),
        containers: z.tuple([
          z.looseObject({ image: z.string(), env: z.array(z.looseObject({ name: z.string() })) }),
        ]),
      }),
    }),
  }),
});
const redis = { REDIS_URL: "rediss://:hunter2@redis.example:6380" };
const address = "https://pr-review-mcp-abc.run.app\n";
const secrets = ["admin-token", "redis-url", "secret-key"].map(
  (name) => `secret-pr-review-mcp-${name}`,
);
/** What changes something. */
const change =
  /^(?!projects|auth|config)(?!.* describe ).* (?:enable|create|add|submit|replace|add-iam-policy-binding) /;

let ground: CloudGround;

beforeEach(async () => {
  ground = await layGround();
});

afterEach(async () => {
  await ground.remove();
});

/** The service as gcloud was given it. */
async function deployed(): Promise<z.infer<typeof manifest>["spec"]["template"]> {
  return manifest.parse(parse(await ground.stored("manifest.yaml"))).spec.template;
}

test("makes everything there is to make, and prints the address alone", async () => {
  const { status, stdout } = await ground.deploy([], redis);
  expect({ status, stdout }).toEqual({ status: 0, stdout: address });
  const names = await ground.names();
  expect(names).toEqual(
    expect.arrayContaining(["account", "enabled", "manifest.yaml", "repository", ...secrets]),
  );
  expect(names.filter((name) => name.startsWith("image-"))).toHaveLength(1);
});

test("makes two secrets of 32 random bytes each, and takes the address of Redis as it is", async () => {
  await ground.deploy([], redis);
  const [admin = "", url, key = ""] = await Promise.all(secrets.map(ground.stored));
  expect(url).toBe(redis.REDIS_URL);
  expect([admin, key].map((text) => Buffer.from(text, "base64").length)).toEqual([32, 32]);
  expect(admin).toMatch(/^[\w+/]{43}=$/);
  expect(admin).not.toBe(key);
});

test("shows no secret, neither on the screen nor in a command", async () => {
  const { stdout, stderr } = await ground.deploy([], redis);
  const seen = [stdout, stderr, ...(await ground.commands())].join("\n");
  const values = await Promise.all(secrets.map(ground.stored));
  expect(values.filter((value) => seen.includes(value))).toEqual([]);
  expect(seen).not.toContain("hunter2");
});

test("deploys the image that it has built, as an account that may read the secrets", async () => {
  await ground.deploy([], redis);
  const { serviceAccountName, containers } = (await deployed()).spec;
  expect(serviceAccountName).toBe("pr-review-mcp@team-project.iam.gserviceaccount.com");
  expect(containers[0].image).toMatch(
    /^us-central1-docker\.pkg\.dev\/team-project\/pr-review-mcp\/http-server:[0-9a-f]{12}$/,
  );
  const commands = await ground.commands();
  const granted = commands.filter((command) =>
    command.startsWith("secrets add-iam-policy-binding"),
  );
  expect(granted).toHaveLength(3);
  expect(
    commands.some((command) => command.includes(`_IMAGE=${containers[0].image},_REVISION=`)),
  ).toBe(true);
});

test("makes nothing twice, and builds no commit again", async () => {
  await ground.deploy([], redis);
  const before = await Promise.all(secrets.map(ground.stored));
  await ground.commands();
  const { status, stdout } = await ground.deploy();
  expect({ status, stdout }).toEqual({ status: 0, stdout: address });
  expect(await Promise.all(secrets.map(ground.stored))).toEqual(before);
  const made = (await ground.commands()).filter((command) =>
    / (?:create|versions add|submit) /.test(command),
  );
  expect(made).toEqual([]);
});

test("gives a secret its value that an earlier run left without", async () => {
  await ground.put("secret-pr-review-mcp-secret-key");
  expect((await ground.deploy([], redis)).status).toBe(0);
  expect(await ground.stored("secret-pr-review-mcp-secret-key")).toHaveLength(44);
});

test("changes nothing in a dry run, and says what it would", async () => {
  const { status, stdout, stderr } = await ground.deploy(["--dry-run"], redis);
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  expect(await ground.names()).toEqual([]);
  expect((await ground.commands()).filter((command) => change.test(command))).toEqual([]);
  const would = stderr.split("\n").filter((line) => line.startsWith("would run: gcloud "));
  const real = await layGround();
  await real.deploy([], redis);
  const done = (await real.commands()).filter((command) => change.test(command));
  await real.remove();
  expect(would.length).toBe(done.length);
});

test("would make nothing in a dry run where everything is", async () => {
  await ground.deploy([], redis);
  const { stderr } = await ground.deploy(["--dry-run"]);
  expect(stderr).not.toMatch(/ (?:create|versions add|submit) /);
  expect(stderr).toContain("would run: gcloud run services replace");
});

test("without Redis there is one instance, and no secret for it", async () => {
  const { status, stderr } = await ground.deploy(["--in-memory"]);
  expect(status).toBe(0);
  expect(stderr).toContain("gone whenever the instance stops");
  expect(await ground.names()).not.toContain("secret-pr-review-mcp-redis-url");
  const { metadata, spec } = await deployed();
  expect(metadata.annotations["autoscaling.knative.dev/maxScale"]).toBe("1");
  const names = spec.containers[0].env.map(({ name }) => name);
  expect(names).toEqual([
    "MCP_TRUST_PROXY",
    "MCP_DRAIN_DELAY_MS",
    "MCP_SECRET_KEY",
    "MCP_ADMIN_TOKEN",
  ]);
});

test("deploys to the project and the region that it is told", async () => {
  await ground.put("no-project");
  const { status } = await ground.deploy(
    ["--project", "team-project", "--region", "europe-west1"],
    redis,
  );
  expect(status).toBe(0);
  expect(await ground.stored("manifest.yaml")).toContain(
    "image: europe-west1-docker.pkg.dev/team-project/",
  );
});

/** One line, which says what to do, and nothing changed. */
async function expectRefusal(
  line: string | RegExp,
  {
    args = [],
    env = redis,
  }: { args?: readonly string[]; env?: Readonly<Record<string, string>> } = {},
): Promise<void> {
  const before = await ground.names();
  const { status, stdout, stderr } = await ground.deploy(args, env);
  expect(stderr).toMatch(line);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(await ground.names()).toEqual(before);
}

test("says where gcloud is to be had", async () => {
  await ground.withoutGcloud();
  await expectRefusal(/^error: gcloud is missing. Install it: https:/);
});

test("says how to log in", async () => {
  await ground.put("nobody");
  await expectRefusal(/^error: gcloud knows nobody. Run: gcloud auth login/);
});

test("says how to choose a project, and which are there", async () => {
  await expectRefusal(/^error: project other .* Run: gcloud projects list/, {
    args: ["--project", "other"],
  });
  await ground.put("no-project");
  await expectRefusal(/^error: no project is chosen. Pass --project/);
});

test("does not go on without a place for the keys", async () => {
  await expectRefusal(/^error: there is no Redis .* Set REDIS_URL, or pass --in-memory/, {
    env: {},
  });
});

test("refuses an address of Redis that is none, and one for no Redis", async () => {
  await expectRefusal(/^error: REDIS_URL is no address/, { env: { REDIS_URL: "redis.example" } });
  await expectRefusal(/^error: --in-memory and REDIS_URL contradict/, { args: ["--in-memory"] });
});

test("refuses options that it does not know, or that lack their value", async () => {
  await expectRefusal(/^error: --fast is no option/, { args: ["--fast"] });
  await expectRefusal(/^error: --region needs a value/, { args: ["--region"] });
});

test.each(["services enable", "secrets versions add", "builds submit", "run services replace"])(
  "stops when gcloud %s does not work, and can be repeated",
  async (command) => {
    const { status, stdout, stderr } = await ground.deploy([], { ...redis, GCLOUD_FAILS: command });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr.trim().split("\n").at(-1)).toMatch(
      /^error: gcloud .* did not work.* run this again/,
    );
    expect((await ground.deploy([], redis)).stdout).toBe(address);
  },
);
