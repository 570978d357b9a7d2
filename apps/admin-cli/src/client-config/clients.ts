import { claudeCode } from "./claude-code.ts";
import { claudeDesktop } from "./claude-desktop.ts";
import type { Client } from "./client.ts";
import { codex } from "./codex.ts";
import { cursor } from "./cursor.ts";
import { vscode } from "./vscode.ts";
import { windsurf } from "./windsurf.ts";

/** Every client there is a configuration for, by the name the command line has for it. */
export const clients: ReadonlyMap<string, Client> = new Map([
  ["claude-code", claudeCode],
  ["claude-desktop", claudeDesktop],
  ["cursor", cursor],
  ["vscode", vscode],
  ["codex", codex],
  ["windsurf", windsurf],
]);
