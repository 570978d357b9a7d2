import type { Command } from "commander";

import type { Environment } from "../../environment.ts";
import { checkKeyId } from "../../key-id.ts";
import { plainText } from "../../plain-text.ts";
import { printJson } from "../../print.ts";
import { openSession } from "../../session.ts";
import type { Session } from "../../session.ts";

/** Adds `disable`, after which a key is refused until it is enabled again. */
export function addDisable(group: Command, environment: Environment): void {
  addSwitch(group.command("disable"), environment, true).description(
    "switch a key off, until it is enabled again",
  );
}

/** Adds `enable`, which undoes `disable`. */
export function addEnable(group: Command, environment: Environment): void {
  addSwitch(group.command("enable"), environment, false).description(
    "switch a key on that was disabled",
  );
}

function addSwitch(command: Command, environment: Environment, disabled: boolean): Command {
  return command
    .argument("<key-id>", "the id of the key, as list shows it")
    .action(async (keyId: string, _options: unknown, self: Command) => {
      checkKeyId(keyId);
      await switchKey(openSession(environment, self.optsWithGlobals()), keyId, disabled);
    });
}

async function switchKey(
  { environment, settings, connect }: Session,
  keyId: string,
  disabled: boolean,
): Promise<void> {
  const client = await connect();
  const token = await client.update(keyId, { disabled });
  if (settings.json) return printJson(environment.stdout, token);
  const done = disabled ? "Disabled" : "Enabled";
  const rest = token.state === "expired" ? " It has expired all the same." : "";
  environment.stdout.write(`${done} the key ${plainText(token.key_id)}.${rest}\n`);
}
