import type { Command } from "commander";

import type { Environment } from "../../environment.ts";
import { addReseal } from "./reseal.ts";
import { addRotate } from "./rotate.ts";
import { addKeyringStatus } from "./status.ts";

/** Adds `keyring`, the group of what is done about the secret keys that seal GitHub tokens. */
export function addKeyring(program: Command, environment: Environment): void {
  const keyring = program
    .command("keyring")
    .description("see and change the secret keys that seal the GitHub tokens");
  addKeyringStatus(keyring, environment);
  addRotate(keyring, environment);
  addReseal(keyring, environment);
}
