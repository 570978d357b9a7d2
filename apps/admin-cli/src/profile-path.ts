import { isAbsolute, join } from "node:path";

import type { Variables } from "./environment.ts";

/**
 * Where profiles are kept: below XDG_CONFIG_HOME, else ~/.config; undefined where there is no home.
 * A relative XDG_CONFIG_HOME does not count (XDG Base Directory Specification).
 */
export function profilePath(variables: Variables): string | undefined {
  const configured = variables["XDG_CONFIG_HOME"] ?? "";
  const home = variables["HOME"] || variables["USERPROFILE"];
  const folder = isAbsolute(configured) ? configured : home && join(home, ".config");
  return folder && join(folder, "pr-review", "admin.json");
}
