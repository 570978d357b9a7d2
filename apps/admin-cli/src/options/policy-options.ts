import type { Command } from "commander";
import { z } from "zod";

import { CliError } from "../errors.ts";
import type { Expiry, Policies } from "../requests.ts";
import { expiryOption } from "./expiry-option.ts";
import { listOption } from "./list-option.ts";

/** The options of `create` and `update` that say what a key may do, and until when. */
export const policyOptionsSchema = z.object({
  scopes: z.string().optional(),
  readOnly: z.boolean().optional(),
  repos: z.string().optional(),
  ips: z.string().optional(),
  rateLimit: z.string().optional(),
  expires: z.string().optional(),
});

/** Adds them to a command. */
export function addPolicyOptions(command: Command): Command {
  return command
    .option("--scopes <list>", "what the key may do: comments:read, comments:write")
    .option("--read-only", "the key may change nothing, whatever its scopes")
    .option("--no-read-only", "the key may do what its scopes allow")
    .option("--repos <list>", "the only repositories it may read: owner/name, owner/*")
    .option("--ips <list>", "the only addresses it may be used from: 192.0.2.7, 10.0.0.0/8")
    .option("--rate-limit <n>", "requests a minute (default: the server's limit)")
    .option(
      "--expires <when>",
      "when it ends: 12h, 30d, 2027-01-31, 2027-01-31T09:00:00Z or never",
    );
}

/**
 * What those options ask for, in the words of the admin API.
 * @throws CliError "usage" that names the option.
 */
export function policies(options: z.infer<typeof policyOptionsSchema>): Policies & Expiry {
  return {
    scopes: listOption(options.scopes),
    read_only: options.readOnly,
    allowed_repos: listOption(options.repos),
    allowed_ips: listOption(options.ips),
    rate_limit: rateLimit(options.rateLimit),
    ...expiryOption(options.expires),
  };
}

function rateLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new CliError("usage", "--rate-limit takes a whole number of requests a minute, from 1.");
}
