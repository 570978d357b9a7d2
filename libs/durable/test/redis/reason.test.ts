import { expect, it } from "vitest";

import { redisReason } from "../../src/redis/reason.ts";

const withCode = (code: string) => Object.assign(new Error("canary"), { code });

it.each([
  ["ECONNREFUSED", withCode("ECONNREFUSED")],
  ["SELF_SIGNED_CERT_IN_CHAIN", withCode("SELF_SIGNED_CERT_IN_CHAIN")],
  ["WRONGPASS", new Error("WRONGPASS invalid username-password pair")],
  ["ERR", new Error("ERR unknown command 'AUTH' with args beginning with: CANARY")],
  ["MAXCLIENTS", new Error("ERR max number of clients reached")],
  ["TIMEOUT", new Error("Command timed out")],
  ["SILENT", new Error("Socket timeout. Expecting data, but didn't receive any in 1000ms.")],
  ["CLOSED", new Error("Connection is closed.")],
  ["CLOSED", new Error("Stream isn't writeable and enableOfflineQueue options is false")],
  ["NOAUTH", new Error("Ready check failed: NOAUTH Authentication required.")],
  ["ENOTFOUND", new Error("getaddrinfo ENOTFOUND canary.example")],
  ["NO_PRIMARY", new Error("All sentinels are unreachable. Retrying from scratch after 90ms.")],
  ["NOAUTH", new Error("All sentinels are unreachable. Last error: NOAUTH canary")],
  [
    "ECONNREFUSED",
    new Error("All sentinels are unreachable. Last error: connect ECONNREFUSED ::1"),
  ],
  ["CERTIFICATE", new Error("All sentinels are unreachable. Last error: self-signed certificate")],
  ["ETIMEDOUT", Object.assign(new Error("x"), { lastNodeError: withCode("ETIMEDOUT") })],
  ["UNKNOWN", new Error("the password is CANARY")],
  ["UNKNOWN", "CANARY"],
])("says %s for %s", (reason, error) => {
  expect(redisReason(error)).toBe(reason);
});
