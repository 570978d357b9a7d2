import type { Refusal } from "../../src/diagnose/refusal.ts";

type Headers = Refusal["headers"];

/** A refusal of REST, in the shape GitHub sends it. */
export function http(status: number, message: string, headers: Headers = {}): Refusal {
  return { kind: "http", status, message, headers: { ...quota, ...headers } };
}

/** A refusal of GraphQL by one error. */
export function graphql(
  error: Partial<Extract<Refusal, { kind: "graphql" }>["errors"][number]>,
  headers: Headers = {},
): Refusal {
  return {
    kind: "graphql",
    errors: [{ message: "", ...error }],
    headers: { ...quota, ...headers },
  };
}

/** Milliseconds since 1970 at which every refusal of the tests came. */
export const now = Date.UTC(2026, 5, 1);

export const resetsInAnHour = { "x-ratelimit-reset": String(now / 1_000 + 3_600) };

/** These stand on every answer of GitHub and mean nothing by themselves. */
const quota = { "x-ratelimit-remaining": "4999", ...resetsInAnHour };
