import type { Command } from "commander";

import type { Environment } from "../../environment.ts";
import { addTail } from "./tail.ts";
import { addVerify } from "./verify.ts";

/** Adds `audit`, the group of what looks at who did what. */
export function addAudit(program: Command, environment: Environment): void {
  const audit = program.command("audit").description("see who did what, and that it is all there");
  addTail(audit, environment);
  addVerify(audit, environment);
}
