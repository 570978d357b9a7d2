import type { Command } from "commander";
import { z } from "zod";

import type { CreatedToken } from "../answers.ts";
import type { Environment } from "../environment.ts";
import { plainText } from "../plain-text.ts";
import { printJson, printTable } from "../print.ts";
import type { SecretSource } from "../secrets.ts";
import { openSession } from "../session.ts";
import type { Session } from "../session.ts";

const optionsSchema = z.object({
  user: z.string().optional(),
  description: z.string().optional(),
  host: z.string().optional(),
  githubTokenFile: z.string().default("-"),
});

/** Adds `create`, which makes a key for a GitHub token and shows it once. */
export function addCreate(group: Command, environment: Environment): void {
  group
    .command("create")
    .description("create a key for a GitHub token, and show it once")
    .option("--user <id>", "whom the key is for")
    .option("--description <text>", "what the key is for")
    .option("--host <host>", "the GitHub host the token belongs to (default: the server's)")
    .option(
      "--github-token-file <path>",
      'where to read the GitHub token, "-" for standard input (default: asked for on a terminal, else standard input)',
    )
    .action(async (_options: unknown, command: Command) => {
      const options: unknown = command.optsWithGlobals();
      await create(openSession(environment, options), optionsSchema.parse(options));
    });
}

async function create(session: Session, options: z.infer<typeof optionsSchema>): Promise<void> {
  const { environment, secrets, settings } = session;
  const client = await session.connect();
  const created = await client.create({
    github_token: await secrets.read({
      name: "GitHub token",
      source: githubTokenSource(options.githubTokenFile),
      advice: "Pipe it in, or pass --github-token-file <path>.",
    }),
    user_id: options.user,
    description: options.description,
    github_host: options.host,
  });
  if (settings.json) return printJson(environment.stdout, created);
  printCreated(session, created);
}

function githubTokenSource(path: string): SecretSource {
  return path === "-" ? { from: "stdin" } : { from: "file", path };
}

function printCreated({ environment, settings }: Session, created: CreatedToken): void {
  const { stdout } = environment;
  printTable(
    stdout,
    ["KEY ID", "USER", "DESCRIPTION", "HOST"],
    [[created.key_id, created.user_id, created.description, created.github_host]],
    settings,
  );
  stdout.write(`
The key is shown once, store it now:

  ${plainText(created.mcp_key)}

Next, give an MCP client the server and the key:

  URL     ${settings.url}/mcp
  Header  Authorization: Bearer <key>
`);
}
