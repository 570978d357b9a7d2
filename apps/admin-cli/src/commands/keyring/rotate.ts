import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";

import type { Command } from "commander";
import { z } from "zod";

import type { Keyring } from "../../answers/keyring.ts";
import { isInteractive } from "../../environment.ts";
import type { Environment } from "../../environment.ts";
import { CliError } from "../../errors.ts";
import { unwritable } from "../../file-error.ts";
import { plainText } from "../../plain-text.ts";
import { printJson } from "../../print.ts";
import { askYesNo } from "../../prompts.ts";
import { openSession } from "../../session.ts";
import type { Session } from "../../session.ts";

const optionsSchema = z.object({ out: z.string().optional() });

type Options = z.infer<typeof optionsSchema>;

/** Adds `rotate`, which makes a secret key on this machine and says how the server takes it. */
export function addRotate(group: Command, environment: Environment): void {
  group
    .command("rotate")
    .description("make a new secret key here, and tell how to give it to the server")
    .option("--out <file>", "write it to a new file only its owner can read, and do not show it")
    .action(async (_options: unknown, command: Command) => {
      const given: unknown = command.optsWithGlobals();
      await rotate(openSession(environment, given), optionsSchema.parse(given));
    });
}

async function rotate(session: Session, { out }: Options): Promise<void> {
  const { environment, settings } = session;
  if (out === undefined) await agreed(session);
  const client = await session.connect();
  const keyring = await client.keyring();
  const id = nextId(keyring);
  // The server never hears of it by this way: secrets come from its settings alone.
  const entry = `${id}:${randomBytes(32).toString("base64")}`;
  if (out !== undefined) writeNew(out, `${entry}\n`);
  if (settings.json) {
    return printJson(environment.stdout, { id, current: keyring.current, out });
  }
  environment.stdout.write(instructions(keyring, { id, entry, out }));
}

async function agreed({ environment, settings }: Session): Promise<void> {
  if (settings.json || !isInteractive(environment)) {
    throw new CliError("usage", "Say where the new secret key goes: --out <file>.");
  }
  const question = "Show the new secret key on this terminal? (--out <file> writes it to a file)";
  if (await askYesNo(environment, question)) return;
  throw new CliError("cancelled", "No key was made.");
}

/** A file that is there may hold the secret key of now. */
function writeNew(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: "wx", mode: 0o600, flush: true });
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** The number after the highest one: an id in use would stand for two keys. */
function nextId({ current, keys }: Keyring): string {
  const numbers = [current, ...keys.map(({ id }) => id)].map((id) => /^k(\d{1,9})$/.exec(id)?.[1]);
  return `k${1 + Math.max(0, ...numbers.map((number) => Number(number ?? 0)))}`;
}

function instructions(
  { current }: Keyring,
  { id, entry, out }: { id: string; entry: string; out: string | undefined },
): string {
  const made = out === undefined ? `\n\n  ${entry}` : `, in ${out}`;
  const added = out === undefined ? entry : `<what is in ${out}>`;
  const now = `${plainText(current)}:<the secret key of now>`;
  return `Made the secret key ${id}${made}

Nothing has changed yet. Give it to the server:

  1. Several instances? Restart each with the new key last, so that all can read what it seals:
     MCP_SECRET_KEYS=${now},${added}
  2. Restart with the new key first. From then on it seals, and every record is sealed anew in
     the background:
     MCP_SECRET_KEYS=${added},${now}
  3. When "pr-review-admin keyring status" shows nothing left to seal, leave the old key out:
     MCP_SECRET_KEYS=${added}

The secret key of now is in the server's MCP_SECRET_KEYS, or in MCP_SECRET_KEY, which this replaces
and which counts as k1; outside production it may be in <MCP_DATA_DIR or .data>/secrets.json.
`;
}
