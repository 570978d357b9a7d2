import { createHmac } from "node:crypto";
import { inspect } from "node:util";

import { expect, it } from "vitest";

import { LifecycleError } from "../../src/errors.ts";
import { WebhookNotifier, type WebhookOptions } from "../../src/webhook/webhook-notifier.ts";
import { notice, rejectionOf } from "../notices.ts";
import { freeUrl, inTurn, startReceiver } from "./webhook-rig.ts";

const secret = "canary-secret-of-the-webhook-0123";
const at = Date.parse("2026-11-22T10:00:00.000Z");

function webhookTo(url: string, options: WebhookOptions = {}): WebhookNotifier {
  return new WebhookNotifier({ url, secret }, { pauseMs: () => 1, now: () => at, ...options });
}

async function refusalOf(webhook: WebhookNotifier, signal?: AbortSignal): Promise<string> {
  const error = await rejectionOf(webhook.notify(notice, signal));
  expect(error).toBeInstanceOf(LifecycleError);
  expect(error).toMatchObject({ code: "notice-undelivered" });
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("canary");
  return error.reason;
}

it("posts a notice that the receiver can verify, date and tell from others", async () => {
  const receiver = await startReceiver(inTurn(204));
  const webhook = webhookTo(receiver.url);
  await webhook.notify(notice);
  await webhook.notify(notice);
  const [first, second] = receiver.posted;
  expect(first).toMatchObject({ method: "POST", path: "/hooks/canary-path" });
  expect(first?.headers).toMatchObject({ "content-type": "application/json" });
  const hmac = createHmac("sha256", secret).update(first?.body ?? "");
  expect(first?.headers["x-pr-review-signature"]).toBe(`sha256=${hmac.digest("hex")}`);
  const message = JSON.parse(first?.body ?? "");
  expect(message).toEqual({ id: message.id, sent_at: "2026-11-22T10:00:00.000Z", ...notice });
  expect(message.id).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.parse(second?.body ?? "").id).not.toBe(message.id);
});

it("tries again after a failure of the receiver, with the same body", async () => {
  const receiver = await startReceiver(inTurn(500, 429, 200));
  const pauses: number[] = [];
  const pauseMs = (tries: number) => pauses.push(tries);
  await webhookTo(receiver.url, { pauseMs }).notify(notice);
  expect(receiver.posted).toHaveLength(3);
  expect(new Set(receiver.posted.map(({ body }) => body)).size).toBe(1);
  expect(pauses).toEqual([1, 2]);
});

it("gives up after three tries", async () => {
  const receiver = await startReceiver(inTurn(503));
  expect(await refusalOf(webhookTo(receiver.url))).toBe("HTTP_503");
  expect(receiver.posted).toHaveLength(3);
});

it("does not try again what is refused", async () => {
  for (const status of [400, 401, 404, 410]) {
    const receiver = await startReceiver(inTurn(status));
    expect(await refusalOf(webhookTo(receiver.url))).toBe(`HTTP_${status}`);
    expect(receiver.posted).toHaveLength(1);
  }
});

it("follows no redirect", async () => {
  const other = await startReceiver(inTurn(200));
  for (const status of [301, 302, 303, 307, 308]) {
    const receiver = await startReceiver((res) => {
      res.writeHead(status, { location: other.url }).end();
    });
    expect(await refusalOf(webhookTo(receiver.url))).toBe(`HTTP_${status}`);
    expect(receiver.posted).toHaveLength(1);
  }
  expect(other.posted).toEqual([]);
});

it("waits no longer than it is told for a receiver that hangs, before or within its answer", async () => {
  const silent = await startReceiver(() => undefined);
  expect(await refusalOf(webhookTo(silent.url, { timeoutMs: 100 }))).toBe("TIMEOUT");
  expect(silent.posted).toHaveLength(3);
  const slow = await startReceiver((res) => void res.writeHead(200).write("a"));
  await webhookTo(slow.url, { timeoutMs: 500 }).notify(notice);
  expect(slow.posted).toHaveLength(1);
});

it("tries again when the receiver breaks the connection or is not there", async () => {
  const receiver = await startReceiver((res, nth) => {
    if (nth === 1) res.destroy();
    else res.writeHead(200).end();
  });
  await webhookTo(receiver.url).notify(notice);
  expect(receiver.posted).toHaveLength(2);
  expect(await refusalOf(webhookTo(`${await freeUrl()}/canary`))).toBe("ECONNREFUSED");
});

it("gives up when it is told to, while it waits for an answer or for its next try", async () => {
  const silent = await startReceiver(() => undefined);
  expect(await refusalOf(webhookTo(silent.url), AbortSignal.timeout(100))).toBe("ABORTED");
  expect(silent.posted).toHaveLength(1);
  const failing = await startReceiver(inTurn(500));
  const patient = webhookTo(failing.url, { pauseMs: () => 60_000 });
  expect(await refusalOf(patient, AbortSignal.timeout(100))).toBe("ABORTED");
  expect(failing.posted).toHaveLength(1);
});
