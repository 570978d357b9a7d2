import { randomBytes } from "node:crypto";

import { AuditLogError, MemoryAuditStorage } from "@pr-review/audit-log";
import { Keyring } from "@pr-review/token-store";
import { MemoryUsageStorage, UsageError } from "@pr-review/usage-log";
import { expect, it, onTestFinished, vi } from "vitest";

import { closeLedgers, openLedgers } from "../../src/backends/ledgers.ts";
import { recordOwnEvents } from "../../src/backends/own-events.ts";
import { createLogger } from "../../src/log/logger.ts";
import { Metrics } from "../../src/metrics.ts";
import { parseExposition } from "../metrics/exposition.ts";

/** Storages that can be made to fail, and a reader of what was counted. */
function ledgerRig() {
  const services = {
    keyring: Keyring.of(randomBytes(32)),
    log: createLogger("silent"),
    metrics: new Metrics(),
  };
  const storages = { audit: new MemoryAuditStorage(), usage: new MemoryUsageStorage() };
  const counted = async (name: string) => {
    const families = parseExposition((await services.metrics.text()).body);
    return families.get(name)?.samples[0]?.value;
  };
  return { services, storages, counted };
}

const noUsage = () => Promise.reject(new UsageError("usage-unavailable", "The disk is full."));

it("counts an audit log that cannot be opened, and starts all the same", async () => {
  const { services, storages, counted } = ledgerRig();
  await openLedgers(storages, services);
  expect(await counted("pr_review_audit_failures_total")).toBe(0);
  storages.audit.load = () =>
    Promise.reject(new AuditLogError("audit-unavailable", "The disk is away."));
  const { audit } = await openLedgers(storages, services);
  expect(await counted("pr_review_audit_failures_total")).toBe(1);
  await expect(audit.ready()).rejects.toMatchObject({ code: "audit-unavailable" });
});

it("counts what the server did by itself and could not write down", async () => {
  const { services, storages, counted } = ledgerRig();
  const { audit } = await openLedgers(storages, services);
  const record = recordOwnEvents(audit, services.metrics);
  const event = { actor: "system", action: "token.disabled-idle", outcome: "ok" } as const;
  await record({ ...event, keyId: "k1", details: { idle_days: 30 } });
  expect(await counted("pr_review_audit_failures_total")).toBe(0);
  storages.audit.append = () =>
    Promise.reject(new AuditLogError("audit-unavailable", "The disk is full."));
  const missed = record({ ...event, keyId: "k2", details: { idle_days: 30 } });
  await expect(missed).rejects.toMatchObject({ code: "audit-unavailable" });
  expect(await counted("pr_review_audit_failures_total")).toBe(1);
  expect(await audit.read()).toMatchObject([{ keyId: "k1" }]);
});

it("counts every time that usage could not be stored, and stores it later", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { services, storages, counted } = ledgerRig();
  const { usage } = await openLedgers(storages, services);
  const add = storages.usage.add.bind(storages.usage);
  storages.usage.add = noUsage;
  usage.note({ keyId: "k1", tool: "whoami", outcome: "ok" });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await counted("pr_review_usage_flush_failures_total")).toBe(2);
  storages.usage.add = add;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await counted("pr_review_usage_flush_failures_total")).toBe(2);
  expect(await usage.totals()).toMatchObject({ calls: 1 });
});

it("counts usage that is lost at the end", async () => {
  const { services, storages, counted } = ledgerRig();
  const ledgers = await openLedgers(storages, services);
  storages.usage.add = noUsage;
  ledgers.usage.note({ keyId: "k1", tool: "whoami", outcome: "ok" });
  await closeLedgers(ledgers, services);
  expect(await counted("pr_review_usage_flush_failures_total")).toBe(1);
});
