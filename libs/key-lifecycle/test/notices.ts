import type { Notice } from "../src/notice.ts";

export const notice: Notice = {
  kind: "keys-expiring",
  subject: "PR Review MCP: 1 expiry to see to",
  text: "- key 0a1B2c3D4e (zoë) expires within a day, on 2026-11-23T10:00:00.000Z.\n",
  data: { keys: [{ key_id: "0a1B2c3D4e", user_id: "zoë", stage: "1-day" }] },
};

/** What a rejection is, whole, as a careless log would show it. */
export async function rejectionOf(work: Promise<unknown>): Promise<Error & { reason: string }> {
  return work.then(
    () => Promise.reject(new Error("This resolved.")),
    (error: unknown) => error as Error & { reason: string },
  );
}
