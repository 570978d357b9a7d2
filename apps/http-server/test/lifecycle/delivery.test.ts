import { expect, it } from "vitest";

import { createLogger } from "../../src/log/logger.ts";
import { openChannels } from "../../src/notify/channels.ts";
import { startSmtp } from "../notify/smtp-rig.ts";
import { inTurn, startReceiver } from "../notify/webhook-rig.ts";
import { dayMs, hourMs, startRig } from "./rig.ts";

it("brings warnings and disabled keys to a real mailbox and a real webhook, each once", async () => {
  const mailbox = await startSmtp({ authOptional: true });
  const receiver = await startReceiver(inTurn(400, 200));
  const lines: string[] = [];
  const log = createLogger("info", { write: (line: string) => void lines.push(line) });
  const settings = {
    MCP_SMTP_URL: `smtp://127.0.0.1:${mailbox.port}`,
    MCP_MAIL_FROM: "pr-review@acme.example",
    MCP_MAIL_TO: ["ops@acme.example"],
    MCP_WEBHOOK_URL: receiver.url,
    MCP_WEBHOOK_SECRET: "canary-0123456789-0123456789",
  };
  const channels = openChannels(settings, log);
  const { clock, issue, lifecycle } = startRig({
    parts: { channels, log },
    options: { idleDays: 30 },
  });
  const idle = await issue();
  clock.time += 31 * dayMs;
  const expiring = await issue({ userId: "alice", githubTokenExpiresAt: clock.time + dayMs });
  // The receiver refuses the first post, which is the warning.
  await lifecycle.run();
  clock.time += hourMs;
  await lifecycle.run();
  await lifecycle.run();
  const subjects = mailbox.mails.map(({ text }) => /^Subject: (.*)\r$/m.exec(text)?.[1]);
  expect(subjects).toEqual([
    "PR Review MCP: 1 expiry to see to",
    "PR Review MCP: 1 idle key disabled",
  ]);
  const posts = receiver.posted.map(({ body }) => JSON.parse(body));
  expect(posts.map(({ kind, data }) => [kind, data.keys[0].key_id])).toEqual([
    ["keys-expiring", expiring],
    ["keys-disabled-idle", idle],
    ["keys-expiring", expiring],
  ]);
  expect(lines.join("")).toContain('"channel":"webhook","reason":"HTTP_400"');
  expect(lines.join("")).not.toContain("canary");
});
