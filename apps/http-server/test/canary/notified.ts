import { mailUser, startSmtp } from "../../../../libs/key-lifecycle/test/mail/smtp-rig.ts";
import { startReceiver } from "../../../../libs/key-lifecycle/test/webhook/webhook-rig.ts";
import type { Secrets } from "./secrets.ts";

/** Who is told of keys that expire, and repeats every secret it knows when it refuses to listen. */
export interface Notified {
  /** The settings that send notices there. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether the password was shown to the mail server, and a webhook was refused and sent again. */
  readonly hasHeard: () => boolean;
  /** All that the webhook carried; what the mail server hears is the password itself. */
  readonly told: () => readonly string[];
}

/** Starts a mail server that knows another password, and a receiver that fails once; both end with the test. */
export async function startNotified(secrets: Secrets): Promise<Notified> {
  const password = secrets["SMTP password"];
  const secret = secrets["webhook secret"];
  const smtp = await startSmtp({ allowInsecureAuth: true });
  const receiver = await startReceiver((res, nth) => {
    res.writeHead(nth === 1 ? 503 : 200, { "x-secret": secret }).end(secret);
  });
  return {
    env: {
      MCP_SMTP_URL: `smtp://${mailUser}:${encodeURIComponent(password)}@127.0.0.1:${smtp.port}`,
      MCP_MAIL_FROM: "pr-review@acme.example",
      MCP_MAIL_TO: "ops@acme.example",
      MCP_WEBHOOK_URL: receiver.url,
      MCP_WEBHOOK_SECRET: secret,
    },
    hasHeard: () => smtp.logins.some(({ pass }) => pass === password) && receiver.posted.length > 1,
    told: () => receiver.posted.map((request) => JSON.stringify(request)),
  };
}
