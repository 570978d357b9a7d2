import { z } from "zod";

import { redisAddresses, redisUrl } from "./address.ts";

/** The settings that say where Redis is and how to log in; none of them set means no Redis. */
export const redisSettings = z.object({
  REDIS_URL: redisUrl.optional(),
  REDIS_SENTINELS: redisAddresses(26_379).optional(),
  REDIS_SENTINEL_NAME: z.string().default("mymaster"),
  REDIS_SENTINEL_PASSWORD: z.string().optional(),
  REDIS_CLUSTER: redisAddresses(6_379).optional(),
  REDIS_USERNAME: z.string().optional(),
  REDIS_PASSWORD: z.string().optional(),
  REDIS_TLS: z.stringbool().default(false),
  REDIS_TLS_CA_FILE: z.string().optional(),
  REDIS_KEY_PREFIX: z
    .string()
    .regex(/^[\w.:-]{1,64}$/, "expected up to 64 letters, digits and ._:-")
    .default("mcp:"),
});

/** The settings of Redis, each in order by itself. */
export type RedisSettings = z.infer<typeof redisSettings>;

/** What in these settings contradicts itself: a line each, which names the setting and no value. */
export function redisProblems(settings: RedisSettings): readonly string[] {
  const [place, ...others] = places.filter((name) => settings[name] !== undefined);
  if (place === undefined) return withoutPlace(settings);
  if (others.length > 0) {
    return others.map((name) => `${name}: cannot go with ${place}. Keep one of the two.`);
  }
  return contradictions(settings)
    .filter(([isOne]) => isOne)
    .map(([, line]) => line);
}

const places = ["REDIS_URL", "REDIS_SENTINELS", "REDIS_CLUSTER"] as const;

/** A forgotten place must not pass for the wish to keep everything in memory. */
function withoutPlace(settings: RedisSettings): readonly string[] {
  const { REDIS_USERNAME, REDIS_PASSWORD, REDIS_SENTINEL_PASSWORD } = settings;
  const { REDIS_TLS, REDIS_TLS_CA_FILE } = settings;
  const given = Object.entries({
    REDIS_USERNAME,
    REDIS_PASSWORD,
    REDIS_SENTINEL_PASSWORD,
    REDIS_TLS: REDIS_TLS ? REDIS_TLS : undefined,
    REDIS_TLS_CA_FILE,
  }).filter(([, value]) => value !== undefined);
  return given.map(
    ([name]) => `${name}: is of no use without REDIS_URL, REDIS_SENTINELS or REDIS_CLUSTER.`,
  );
}

function contradictions(settings: RedisSettings): readonly (readonly [boolean, string])[] {
  const { REDIS_URL, REDIS_USERNAME, REDIS_PASSWORD, REDIS_TLS } = settings;
  const { protocol, username, password } = new URL(REDIS_URL ?? "none:");
  const hasPassword = REDIS_PASSWORD !== undefined || password !== "";
  const hasTls = REDIS_TLS || protocol === "rediss:";
  return [
    [
      REDIS_USERNAME !== undefined && username !== "",
      "REDIS_USERNAME: REDIS_URL holds a user already. Keep one of the two.",
    ],
    [
      REDIS_PASSWORD !== undefined && password !== "",
      "REDIS_PASSWORD: REDIS_URL holds a password already. Keep one of the two.",
    ],
    [REDIS_USERNAME !== undefined && !hasPassword, "REDIS_USERNAME: needs REDIS_PASSWORD."],
    [
      username !== "" && !hasPassword,
      "REDIS_URL: holds a user without a password. Set REDIS_PASSWORD.",
    ],
    [
      settings.REDIS_SENTINEL_PASSWORD !== undefined && settings.REDIS_SENTINELS === undefined,
      "REDIS_SENTINEL_PASSWORD: is of no use without REDIS_SENTINELS.",
    ],
    [
      REDIS_TLS && protocol === "redis:",
      "REDIS_TLS: contradicts REDIS_URL, where redis:// means no TLS. Write rediss:// there.",
    ],
    [
      settings.REDIS_TLS_CA_FILE !== undefined && !hasTls,
      "REDIS_TLS_CA_FILE: is of no use without TLS. Set REDIS_TLS=true, or write rediss:// in REDIS_URL.",
    ],
  ];
}
