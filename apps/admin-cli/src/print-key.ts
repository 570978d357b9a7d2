import type { TokenWarning } from "./answers/token.ts";
import type { MadeKey } from "./key-file.ts";
import { plainText } from "./plain-text.ts";
import { printJson } from "./print.ts";
import type { Session } from "./session.ts";

/**
 * Shows a key the one time it can be shown, and how a client takes it: with --json the answer as it
 * is. A key that went to a file is not shown, only the file's name.
 */
export function printKey(
  { environment, settings }: Session,
  made: MadeKey,
  file: string | undefined,
): void {
  const { stdout } = environment;
  const { mcp_key: key, ...told } = made;
  if (settings.json) return printJson(stdout, file === undefined ? made : told);
  const [heading, value] =
    file === undefined
      ? ["The key is shown once, store it now:", plainText(key)]
      : ["The key is in this file, and nowhere else:", file];
  stdout.write(`
${heading}

  ${value}

Next, give an MCP client the server and the key:

  URL     ${settings.url}/mcp
  Header  Authorization: Bearer <key>
`);
}

/** Tells, on standard error, what to know about a key that was made all the same. */
export function printWarnings({ environment }: Session, warnings: readonly TokenWarning[]): void {
  for (const warning of warnings) {
    const text = typeof warning === "string" ? warning : warning.message;
    environment.stderr.write(`warning: ${plainText(text)}\n`);
  }
}
