import { expect, it } from "vitest";

import { MailNotifier } from "../src/mail/mail-notifier.ts";
import { smtpPlace } from "../src/mail/smtp-place.ts";
import { WebhookNotifier } from "../src/webhook/webhook-notifier.ts";
import { startSmtp } from "./mail/smtp-rig.ts";
import { dayMs, hourMs, startRig } from "./rig.ts";
import { inTurn, startReceiver } from "./webhook/webhook-rig.ts";

async function startPlaces() {
  const mailbox = await startSmtp({ authOptional: true });
  const receiver = await startReceiver(inTurn(400, 200));
  const place = smtpPlace(`smtp://127.0.0.1:${mailbox.port}`);
  const addresses = { from: "keys@acme.example", fromName: "Acme", to: ["ops@acme.example"] };
  const secret = "canary-0123456789-0123456789";
  const channels = [
    new MailNotifier(place, addresses),
    new WebhookNotifier({ url: receiver.url, secret }),
  ];
  const header = (name: string): readonly (string | undefined)[] =>
    mailbox.mails.map(({ text }) => new RegExp(`^${name}: (.*)\r$`, "m").exec(text)?.[1]);
  const posts = () => receiver.posted.map(({ body }) => JSON.parse(body));
  return { channels, header, posts };
}

it("brings warnings and disabled keys to a real mailbox and a real webhook, each once", async () => {
  const { channels, header, posts } = await startPlaces();
  const options = { idleDays: 30, service: "Acme" };
  const { clock, issue, lifecycle, failures } = startRig({ parts: { channels }, options });
  const idle = await issue();
  clock.time += 31 * dayMs;
  const expiring = await issue({ userId: "alice", githubTokenExpiresAt: clock.time + dayMs });
  // The receiver refuses the first post, which is the warning.
  await lifecycle.run();
  clock.time += hourMs;
  await lifecycle.run();
  await lifecycle.run();
  expect(header("Subject")).toEqual(["Acme: 1 expiry to see to", "Acme: 1 idle key disabled"]);
  expect(new Set(header("From"))).toEqual(new Set(["Acme <keys@acme.example>"]));
  expect(posts().map(({ kind, data }) => [kind, data.keys[0].key_id])).toEqual([
    ["keys-expiring", expiring],
    ["keys-disabled-idle", idle],
    ["keys-expiring", expiring],
  ]);
  expect(posts()[1].text).toContain("Nobody used them for more than 30 days.");
  expect(failures).toEqual([{ code: "warnings-held", channel: "webhook", reason: "HTTP_400" }]);
});
