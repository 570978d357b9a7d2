import type { Command } from "commander";
import { z } from "zod";

import type { Environment } from "../../environment.ts";
import { CliError } from "../../errors.ts";
import { githubTokenOption, readGithubToken } from "../../github-token.ts";
import { checkKeyId } from "../../key-id.ts";
import { listOption } from "../../options/list-option.ts";
import { addPolicyOptions, policies, policyOptionsSchema } from "../../options/policy-options.ts";
import { printWarnings } from "../../print-key.ts";
import { printFields, printJson } from "../../print.ts";
import type { TokenChange } from "../../requests.ts";
import { openSession } from "../../session.ts";
import type { Session } from "../../session.ts";
import { tokenFields } from "../../token-table.ts";

const optionsSchema = policyOptionsSchema.extend({
  user: z.string().optional(),
  description: z.string().optional(),
  githubTokenFile: z.string().optional(),
  check: z.boolean().default(true),
  clear: z.string().optional(),
});

type Options = z.infer<typeof optionsSchema>;

/** What --clear empties, by the name of the option that sets it. */
const clearable: ReadonlyMap<string, TokenChange> = new Map([
  ["user", { user_id: null }],
  ["description", { description: null }],
  ["repos", { allowed_repos: null }],
  ["ips", { allowed_ips: null }],
  ["rate-limit", { rate_limit: null }],
  ["expires", { expires_at: null }],
]);

/** Adds `update`, which changes what a key is for or may do, or the GitHub token behind it. */
export function addUpdate(group: Command, environment: Environment): void {
  const command = group
    .command("update")
    .description("change what a key is for or may do, or the GitHub token behind it")
    .argument("<key-id>", "the id of the key, as list shows it")
    .option("--user <id>", "whom the key is for")
    .option("--description <text>", "what the key is for")
    .option(...githubTokenOption);
  addPolicyOptions(command)
    .option("--clear <list>", `what to empty: ${[...clearable.keys()].join(", ")}`)
    .option("--no-check", "do not have the server ask GitHub whether the token works")
    .action(async (keyId: string, _options: unknown, self: Command) => {
      checkKeyId(keyId);
      const given: unknown = self.optsWithGlobals();
      await update(openSession(environment, given), keyId, optionsSchema.parse(given));
    });
}

async function update(session: Session, keyId: string, options: Options): Promise<void> {
  const { environment, settings, secrets } = session;
  const { githubTokenFile: path } = options;
  const change = changeOf(options);
  if (path === undefined && Object.values(change).every((value) => value === undefined)) {
    throw new CliError("usage", "Name what to change. See pr-review-admin tokens update --help.");
  }
  const client = await session.connect();
  const token = path === undefined ? {} : { github_token: await readGithubToken(secrets, path) };
  const check = options.check ? undefined : false;
  const updated = await client.update(keyId, { ...change, ...token }, { check });
  printWarnings(session, updated.warnings);
  if (settings.json) return printJson(environment.stdout, updated);
  printFields(environment.stdout, tokenFields(updated), settings);
}

function changeOf(options: Options): TokenChange {
  const set = { user_id: options.user, description: options.description, ...policies(options) };
  return { ...set, ...cleared(listOption(options.clear) ?? []) };
}

function cleared(names: readonly string[]): TokenChange {
  return names.reduce<TokenChange>((changes, name) => {
    const change = clearable.get(name);
    if (change !== undefined) return { ...changes, ...change };
    const known = [...clearable.keys()].join(", ");
    throw new CliError("usage", `--clear takes some of ${known}.`);
  }, {});
}
