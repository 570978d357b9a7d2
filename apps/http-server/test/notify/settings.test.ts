import { readSettings, SettingsError } from "@pr-review/mcp-tools";
import { expect, it } from "vitest";

import { createLogger } from "../../src/log/logger.ts";
import { openChannels } from "../../src/notify/channels.ts";
import { notifyProblems, notifySettings } from "../../src/notify/settings.ts";

type Env = Readonly<Record<string, string>>;

const mail = {
  MCP_SMTP_URL: "smtps://user:canary@mail.example",
  MCP_MAIL_FROM: "a@acme.example",
  MCP_MAIL_TO: "b@acme.example, c@acme.example,",
};
const webhook = {
  MCP_WEBHOOK_URL: "https://hooks.example/1",
  MCP_WEBHOOK_SECRET: "canary-0123456789-0123456789",
};

function problemsOf(env: Env): readonly string[] {
  try {
    return notifyProblems(readSettings(notifySettings, env));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.problems;
  }
}

function channelsOf(env: Env): readonly string[] {
  const settings = readSettings(notifySettings, env);
  return openChannels(settings, createLogger("silent")).map(({ name }) => name);
}

it("opens the channels that are set, and always the log", () => {
  expect(problemsOf({ ...mail, ...webhook })).toEqual([]);
  expect(channelsOf({})).toEqual(["log"]);
  expect(channelsOf(mail)).toEqual(["log", "mail"]);
  expect(channelsOf({ ...mail, ...webhook })).toEqual(["log", "mail", "webhook"]);
});

it("names what is missing to a channel, and what is of no use without one", () => {
  expect(problemsOf({ MCP_SMTP_URL: mail.MCP_SMTP_URL })).toEqual([
    "MCP_MAIL_FROM: is required with MCP_SMTP_URL.",
    "MCP_MAIL_TO: is required with MCP_SMTP_URL.",
  ]);
  expect(problemsOf({ MCP_MAIL_TO: mail.MCP_MAIL_TO })).toEqual([
    "MCP_MAIL_TO: is of no use without MCP_SMTP_URL.",
  ]);
  expect(problemsOf({ MCP_WEBHOOK_URL: webhook.MCP_WEBHOOK_URL })).toEqual([
    "MCP_WEBHOOK_SECRET: is required with MCP_WEBHOOK_URL.",
  ]);
  expect(problemsOf({ MCP_WEBHOOK_SECRET: webhook.MCP_WEBHOOK_SECRET })).toEqual([
    "MCP_WEBHOOK_SECRET: is of no use without MCP_WEBHOOK_URL.",
  ]);
});

it.each([
  ["MCP_SMTP_URL", "mail.example:465"],
  ["MCP_SMTP_URL", "https://canary@mail.example"],
  ["MCP_SMTP_URL", "smtp://user@mail.example"],
  ["MCP_SMTP_URL", "smtp://:canary@mail.example"],
  ["MCP_SMTP_URL", "smtp://user:canary%ZZ@mail.example"],
  ["MCP_SMTP_URL", "smtp://user:canary@mail.example/?tls.rejectUnauthorized=false"],
  ["MCP_SMTP_URL", "smtp://user:canary@"],
  ["MCP_SMTP_URL", "smtp://user:canary@mail.example:99999"],
  ["MCP_MAIL_FROM", "canary"],
  ["MCP_MAIL_FROM", "a@acme.example\r\nBcc: canary@acme.example"],
  ["MCP_MAIL_TO", "a@acme.example, canary"],
  ["MCP_MAIL_TO", ","],
  ["MCP_WEBHOOK_URL", "http://hooks.example/canary"],
  ["MCP_WEBHOOK_URL", "https://user:canary@hooks.example/1"],
  ["MCP_WEBHOOK_URL", "canary"],
  ["MCP_WEBHOOK_SECRET", "canary"],
])("refuses %s=%j by its name, without its value", (name, value) => {
  const problems = problemsOf({ ...mail, ...webhook, [name]: value });
  expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name}: [a-z]`))]);
  expect(problems.join()).not.toContain("canary");
});
