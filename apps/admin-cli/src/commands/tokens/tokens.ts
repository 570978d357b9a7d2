import type { Command } from "commander";

import type { Environment } from "../../environment.ts";
import { addCreate } from "./create.ts";
import { addDelete } from "./delete.ts";
import { addExport } from "./export.ts";
import { addImport } from "./import.ts";
import { addList } from "./list.ts";
import { addRotate } from "./rotate.ts";
import { addShow } from "./show.ts";
import { addDisable, addEnable } from "./switch.ts";
import { addUpdate } from "./update.ts";

/** Adds `tokens`, the group of everything that is done to API keys. */
export function addTokens(program: Command, environment: Environment): void {
  const tokens = program.command("tokens").description("create, list, change and end API keys");
  addCreate(tokens, environment);
  addList(tokens, environment);
  addShow(tokens, environment);
  addUpdate(tokens, environment);
  addRotate(tokens, environment);
  addDisable(tokens, environment);
  addEnable(tokens, environment);
  addDelete(tokens, environment);
  addImport(tokens, environment);
  addExport(tokens, environment);
  // The names these three had before there were groups; they are not listed.
  const former = { hidden: true };
  addCreate(program, environment, former);
  addList(program, environment, former);
  addDelete(program, environment, former);
}
