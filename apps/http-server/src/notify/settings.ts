import { isSmtpUrl } from "@pr-review/key-lifecycle/mail";
import { isWebhookUrl } from "@pr-review/key-lifecycle/webhook";
import { z } from "zod";

const addressList = "expected mail addresses, separated by commas";

/** The settings that say whom to tell by what; none of them set means the log alone. */
export const notifySettings = z.object({
  MCP_SMTP_URL: z
    .string()
    .refine(isSmtpUrl, "expected smtp://[user:password@]host[:port], or smtps:// for TLS")
    .optional(),
  MCP_MAIL_FROM: z.email("expected a mail address").optional(),
  MCP_MAIL_TO: z
    .string()
    .transform((text) => text.split(",").map((each) => each.trim()))
    .transform((addresses) => addresses.filter((each) => each !== ""))
    .pipe(z.array(z.email(addressList)).min(1, addressList).max(50, "takes 50 addresses at most"))
    .optional(),
  MCP_WEBHOOK_URL: z
    .string()
    .refine(isWebhookUrl, "expected https:// without a user (http is for loopback only)")
    .optional(),
  MCP_WEBHOOK_SECRET: z.string().min(24, "needs 24 characters or more").optional(),
});

/** The settings of notices, each in order by itself. */
export type NotifySettings = z.infer<typeof notifySettings>;

/** What is missing in these settings or of no use: a line each, which names the setting and no value. */
export function notifyProblems(settings: NotifySettings): readonly string[] {
  return [
    ...companions(settings, "MCP_SMTP_URL", ["MCP_MAIL_FROM", "MCP_MAIL_TO"]),
    ...companions(settings, "MCP_WEBHOOK_URL", ["MCP_WEBHOOK_SECRET"]),
  ];
}

function companions(
  settings: NotifySettings,
  url: keyof NotifySettings,
  others: readonly (keyof NotifySettings)[],
): readonly string[] {
  const isOn = settings[url] !== undefined;
  const problem = isOn ? `is required with ${url}.` : `is of no use without ${url}.`;
  return others
    .filter((name) => (settings[name] !== undefined) !== isOn)
    .map((name) => `${name}: ${problem}`);
}
