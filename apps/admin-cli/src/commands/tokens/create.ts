import type { Command, CommandOptions } from "commander";
import { z } from "zod";

import { isInteractive } from "../../environment.ts";
import type { Environment } from "../../environment.ts";
import { githubTokenOption, readGithubToken } from "../../github-token.ts";
import { intoKeyFile } from "../../key-file.ts";
import { addPolicyOptions, policies, policyOptionsSchema } from "../../options/policy-options.ts";
import { printKey, printWarnings } from "../../print-key.ts";
import { printTable } from "../../print.ts";
import { askText } from "../../prompts.ts";
import { openSession } from "../../session.ts";
import type { Session } from "../../session.ts";
import { tokenHead, tokenRow } from "../../token-table.ts";

const optionsSchema = policyOptionsSchema.extend({
  user: z.string().optional(),
  description: z.string().optional(),
  host: z.string().optional(),
  githubTokenFile: z.string().default("-"),
  check: z.boolean().default(true),
  out: z.string().optional(),
});

type Options = z.infer<typeof optionsSchema>;

/** Adds `create`, which makes a key for a GitHub token and shows it once. */
export function addCreate(
  group: Command,
  environment: Environment,
  options: CommandOptions = {},
): void {
  const command = group
    .command("create", options)
    .description("create a key for a GitHub token, and show it once")
    .option("--user <id>", "whom the key is for")
    .option("--description <text>", "what the key is for")
    .option("--host <host>", "the GitHub host the token belongs to (default: the server's)")
    .option(...githubTokenOption);
  addPolicyOptions(command)
    .option("--no-check", "do not have the server ask GitHub whether the token works")
    .option(
      "--out <file>",
      "write the key to a new file only its owner can read, and do not show it",
    )
    .action(async (_options: unknown, self: Command) => {
      const given: unknown = self.optsWithGlobals();
      await create(openSession(environment, given), optionsSchema.parse(given));
    });
}

async function create(session: Session, options: Options): Promise<void> {
  const { environment, secrets, settings } = session;
  const { expires_at: at, ...policy } = policies(options);
  const client = await session.connect();
  const token = {
    github_token: await readGithubToken(secrets, options.githubTokenFile),
    github_host: options.host,
    ...(await purpose(session, options)),
    ...policy,
    // A key never ends unless told.
    expires_at: at ?? undefined,
  };
  const check = options.check ? undefined : false;
  const created = await intoKeyFile(options.out, () => client.create(token, { check }));
  printWarnings(session, created.warnings);
  if (!settings.json) printTable(environment.stdout, tokenHead, [tokenRow(created)], settings);
  printKey(session, created, options.out);
}

/** Whom and what the key is for; a person who told neither is asked. */
async function purpose(
  { environment, settings }: Session,
  { user, description }: Options,
): Promise<{ readonly user_id?: string | undefined; readonly description?: string | undefined }> {
  const told = user !== undefined || description !== undefined;
  if (told || settings.json || !isInteractive(environment)) return { user_id: user, description };
  return {
    user_id: await askText(environment, "Whom is the key for? (a user id; Enter: nobody)"),
    description: await askText(environment, "What is it for? (a few words; Enter: nothing)"),
  };
}
