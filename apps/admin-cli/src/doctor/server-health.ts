import type { Status } from "../answers/status.ts";
import type { AdminView } from "./admin-access.ts";
import { failed, ok, warning } from "./finding.ts";
import type { Finding } from "./finding.ts";
import { isAtLeast } from "./version-gap.ts";

const skewAllowedMs = 5_000;

/** Whether the server's clock agrees with the one here; the way there and back is allowed for. */
export function clock(status: Status, { before, after }: AdminView["asked"]): Finding {
  const there = Date.parse(status.now);
  if (Number.isNaN(there)) {
    return warning("clock", "The server tells no time.", "Upgrade the server.");
  }
  const skew = Math.max(before - there, there - after, 0);
  const seconds = Math.round(skew / 100) / 10;
  if (skew <= skewAllowedMs) return ok("clock", "It agrees with the one here, within 5 s.");
  const side = there > after ? "ahead of" : "behind";
  return warning(
    "clock",
    `The server's is ${seconds} s ${side} the one here.`,
    "Have both set by NTP: keys end, and limits count, by the server's.",
  );
}

/** Where keys are kept, and whether that will do. */
export function storage({ storage: { kind, name, redis_version: version } }: Status): Finding {
  const called = name ?? kind;
  if (kind === "memory") {
    const advice = "Set REDIS_URL, or MCP_DATA_DIR, if keys are to outlast the server.";
    return warning("storage", "Keys are kept in memory, and gone when the server stops.", advice);
  }
  if (kind !== "redis") return ok("storage", `Keys are kept in ${called}.`);
  const recent = version === null ? undefined : isAtLeast(version, 6, 2);
  if (recent === true) return ok("storage", `${called}, version ${version ?? "unknown"}.`);
  if (recent === false) {
    return failed("storage", `${called} is Redis ${version ?? ""}.`, "Upgrade it to 6.2 or later.");
  }
  const advice = "Is it there? See /ready, and the server's log. Redis 6.2 or later is needed.";
  return warning("storage", `${called} does not tell its version.`, advice);
}

/** Whether every key opens. */
export function records({ counts }: Status): Finding {
  const { stored_keys: stored, unreadable_records: unreadable } = counts;
  if (unreadable === 0) return ok("keys", `Stored: ${stored}. None is known not to open.`);
  return failed(
    "keys",
    `Keys that do not open: ${unreadable}. They are damaged, or sealed by a secret key that the server has not got.`,
    "Give the server that key back (MCP_SECRET_KEYS), or delete those keys: the log has their ids.",
  );
}

/** Whether each GitHub server answers the server. */
export function github({ github: hosts }: Status): readonly Finding[] {
  return hosts.map(({ host, reachable, latency_ms: latency }) =>
    reachable === true
      ? ok("github", `${host} answers the server in ${latency ?? "some"} ms.`)
      : failed(
          "github",
          `${host} does not answer the server.`,
          "Check the server's way out (proxy, firewall, DNS), and GITHUB_API_URL if it is set.",
        ),
  );
}
