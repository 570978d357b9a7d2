import { z } from "zod";

/** Answer to GET /health, to anybody. */
export const serverInfoSchema = z.looseObject({ service: z.string(), version: z.string() });

/** Answer to GET /admin/status. */
export const statusSchema = z.looseObject({
  service: z.string(),
  version: z.string(),
  now: z.string(),
  started_at: z.string(),
  uptime_seconds: z.number(),
  node: z.string(),
  storage: z.looseObject({
    kind: z.string(),
    name: z.string().nullish(),
    redis_version: z.string().nullable(),
  }),
  ready: z.looseObject({ status: z.string(), checks: z.unknown() }).optional(),
  counts: z.looseObject({
    stored_keys: z.int(),
    active_streams: z.int(),
    unreadable_records: z.int(),
  }),
  limits: z.looseObject({
    requests_per_minute: z.number(),
    burst: z.number().nullish(),
    algorithm: z.string(),
  }),
  github: z.array(
    z.looseObject({
      host: z.string(),
      reachable: z.boolean().nullable(),
      latency_ms: z.number().nullable(),
    }),
  ),
});

/** What a server says of itself to anybody. */
export type ServerInfo = z.infer<typeof serverInfoSchema>;
/** What a server says of itself to an admin. */
export type Status = z.infer<typeof statusSchema>;
