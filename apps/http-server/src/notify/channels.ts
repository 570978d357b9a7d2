import type { Notifier } from "@pr-review/key-lifecycle";
import { MailNotifier, smtpPlace } from "@pr-review/key-lifecycle/mail";
import { WebhookNotifier } from "@pr-review/key-lifecycle/webhook";
import type { Logger } from "pino";

import { LogNotifier } from "./log.ts";
import type { NotifySettings } from "./settings.ts";

/** The channels that these settings, which are free of problems, ask for; the log is always one. */
export function openChannels(settings: NotifySettings, log: Logger): readonly Notifier[] {
  return [new LogNotifier(log), ...mail(settings, log), ...webhook(settings)];
}

function mail(settings: NotifySettings, log: Logger): readonly Notifier[] {
  const { MCP_SMTP_URL: url, MCP_MAIL_FROM: from, MCP_MAIL_TO: to } = settings;
  if (url === undefined || from === undefined || to === undefined) return [];
  const onRefused = (recipients: number): void => {
    log.warn({ recipients }, "the mail server refused some addresses of MCP_MAIL_TO");
  };
  return [new MailNotifier(smtpPlace(url), { from, to }, { onRefused })];
}

function webhook(settings: NotifySettings): readonly Notifier[] {
  const { MCP_WEBHOOK_URL: url, MCP_WEBHOOK_SECRET: secret } = settings;
  return url === undefined || secret === undefined ? [] : [new WebhookNotifier({ url, secret })];
}
