import { readSettings } from "@pr-review/mcp-tools";
import { expect, it } from "vitest";

import { redisName, type RedisPlace, redisPlace } from "../../src/redis/place.ts";
import { redisSettings } from "../../src/redis/settings.ts";

function placeOf(env: Readonly<Record<string, string>>): RedisPlace | undefined {
  return redisPlace(readSettings(redisSettings, env));
}

const nobody = { username: undefined, password: undefined, hasTls: false, caFile: undefined };

it("is nowhere by default", () => {
  expect(placeOf({})).toBeUndefined();
});

it("reads host, port, database, user and password out of a URL", () => {
  expect(placeOf({ REDIS_URL: "redis://localhost" })).toEqual({
    ...nobody,
    kind: "server",
    address: { host: "localhost", port: 6379 },
    db: 0,
  });
  const REDIS_URL = "rediss://a%2Fb:p%40s%3As@[::1]:6380/12";
  expect(placeOf({ REDIS_URL, REDIS_TLS_CA_FILE: "ca.pem" })).toEqual({
    kind: "server",
    address: { host: "::1", port: 6380 },
    db: 12,
    username: "a/b",
    password: "p@s:s",
    hasTls: true,
    caFile: "ca.pem",
  });
});

it("takes from the settings what the URL leaves out", () => {
  const env = { REDIS_URL: "redis://h", REDIS_USERNAME: "app", REDIS_PASSWORD: "secret" };
  expect(placeOf(env)).toMatchObject({ username: "app", password: "secret" });
});

it("gives sentinels and nodes their usual port unless told another", () => {
  expect(placeOf({ REDIS_SENTINELS: "a, b:1,[::1]", REDIS_TLS: "true" })).toEqual({
    ...nobody,
    kind: "sentinels",
    addresses: [
      { host: "a", port: 26_379 },
      { host: "b", port: 1 },
      { host: "::1", port: 26_379 },
    ],
    primaryName: "mymaster",
    sentinelPassword: undefined,
    hasTls: true,
  });
  expect(placeOf({ REDIS_CLUSTER: "a,[::1]:7000" })).toEqual({
    ...nobody,
    kind: "cluster",
    addresses: [
      { host: "a", port: 6_379 },
      { host: "::1", port: 7_000 },
    ],
  });
});

it.each([
  ["Redis at [::1]:6379", { REDIS_URL: "redis://app:canary@[::1]/3" }],
  [
    'Redis "main" of the sentinels at a:26379, b:1',
    {
      REDIS_SENTINELS: "a,b:1",
      REDIS_SENTINEL_NAME: "main",
      REDIS_PASSWORD: "canary",
      REDIS_SENTINEL_PASSWORD: "canary",
    },
  ],
  ["Redis Cluster at a:6379", { REDIS_CLUSTER: "a", REDIS_PASSWORD: "canary" }],
])("is called %s", (name, env) => {
  const place = placeOf(env);
  expect(place && redisName(place)).toBe(name);
});
