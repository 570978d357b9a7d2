import { readSettings, SettingsError } from "@pr-review/mcp-tools";
import { expect, it } from "vitest";

import { redisProblems, redisSettings } from "../../src/redis/settings.ts";

function problemsOf(env: Readonly<Record<string, string>>): readonly string[] {
  return redisProblems(readSettings(redisSettings, env));
}

it("wants no Redis by default", () => {
  expect(readSettings(redisSettings, {})).toEqual({
    REDIS_SENTINEL_NAME: "mymaster",
    REDIS_TLS: false,
    REDIS_KEY_PREFIX: "mcp:",
  });
  expect(problemsOf({})).toEqual([]);
  expect(problemsOf({ REDIS_TLS: "false", REDIS_SENTINEL_NAME: "main" })).toEqual([]);
});

it.each([
  "redis://localhost",
  "rediss://cache.example:6380/2",
  "redis://app:p%40ss@10.0.0.1:6379/",
  "redis://:secret@[::1]:6379",
])("accepts %s", (url) => {
  expect(problemsOf({ REDIS_URL: url })).toEqual([]);
});

it.each([
  ["REDIS_URL", "http://canary.example"],
  ["REDIS_URL", "canary.example:6379"],
  ["REDIS_URL", "redis:///0"],
  ["REDIS_URL", "redis://:canary@host:99999"],
  ["REDIS_URL", "redis://host/canary"],
  ["REDIS_URL", "redis://host?password=canary"],
  ["REDIS_URL", "redis://:canary%zz@host"],
  ["REDIS_SENTINELS", "canary:0"],
  ["REDIS_SENTINELS", "canary:65536"],
  ["REDIS_SENTINELS", "host, redis://canary"],
  ["REDIS_CLUSTER", "canary,,host"],
  ["REDIS_CLUSTER", "canary:port"],
  ["REDIS_TLS", "canary"],
  ["REDIS_KEY_PREFIX", "{canary}"],
  ["REDIS_KEY_PREFIX", "canary*"],
])("names %s when it is %s, without repeating the value", (name, value) => {
  const read = () => readSettings(redisSettings, { [name]: value });
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(new RegExp(`^${name}: (?!.*canary)`));
});

it.each([
  [["REDIS_SENTINELS"], { REDIS_URL: "redis://canary", REDIS_SENTINELS: "canary" }],
  [
    ["REDIS_SENTINELS", "REDIS_CLUSTER"],
    { REDIS_URL: "redis://canary", REDIS_SENTINELS: "canary", REDIS_CLUSTER: "canary" },
  ],
  [["REDIS_CLUSTER"], { REDIS_SENTINELS: "canary", REDIS_CLUSTER: "canary" }],
  [
    [
      "REDIS_USERNAME",
      "REDIS_PASSWORD",
      "REDIS_SENTINEL_PASSWORD",
      "REDIS_TLS",
      "REDIS_TLS_CA_FILE",
    ],
    {
      REDIS_USERNAME: "canary",
      REDIS_PASSWORD: "canary",
      REDIS_SENTINEL_PASSWORD: "canary",
      REDIS_TLS: "true",
      REDIS_TLS_CA_FILE: "canary",
    },
  ],
  [["REDIS_USERNAME"], { REDIS_URL: "redis://canary:canary@h", REDIS_USERNAME: "canary" }],
  [["REDIS_PASSWORD"], { REDIS_URL: "redis://canary:canary@h", REDIS_PASSWORD: "canary" }],
  [["REDIS_USERNAME"], { REDIS_URL: "redis://h", REDIS_USERNAME: "canary" }],
  [["REDIS_URL"], { REDIS_URL: "redis://canary@h" }],
  [["REDIS_SENTINEL_PASSWORD"], { REDIS_CLUSTER: "h", REDIS_SENTINEL_PASSWORD: "canary" }],
  [["REDIS_TLS"], { REDIS_URL: "redis://h", REDIS_TLS: "true" }],
  [["REDIS_TLS_CA_FILE"], { REDIS_URL: "redis://h", REDIS_TLS_CA_FILE: "canary" }],
  [["REDIS_TLS_CA_FILE"], { REDIS_CLUSTER: "h", REDIS_TLS_CA_FILE: "canary" }],
])("names %j when they contradict the others, and no value", (names, env) => {
  const problems = problemsOf(env);
  expect(problems.map((line) => line.split(":")[0])).toEqual(names);
  expect(problems.join("\n")).not.toContain("canary");
});

it.each([
  { REDIS_URL: "redis://app@h", REDIS_PASSWORD: "secret" },
  { REDIS_URL: "redis://:secret@h", REDIS_USERNAME: "app" },
  { REDIS_URL: "rediss://h", REDIS_TLS: "true", REDIS_TLS_CA_FILE: "ca.pem" },
  { REDIS_URL: "rediss://h", REDIS_TLS: "false" },
  { REDIS_CLUSTER: "a,b", REDIS_TLS: "true", REDIS_TLS_CA_FILE: "ca.pem" },
  { REDIS_SENTINELS: "a:1", REDIS_SENTINEL_PASSWORD: "secret", REDIS_PASSWORD: "secret" },
])("finds nothing wrong with %j", (env) => {
  expect(problemsOf(env)).toEqual([]);
});
