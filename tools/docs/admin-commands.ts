import { PassThrough } from "node:stream";

import { run } from "../../apps/admin-cli/src/program.ts";
import type { Markdown } from "./markdown.ts";

const call = /(?:\bpr-review-admin|npm run (?:--silent )?admin --)[ ]+([^\n|#]+)/g;

/** The command lines of the admin CLI that a page shows, without the program's name. */
export function adminCommandsIn(page: Markdown): readonly string[] {
  return page.code.flatMap((text) => {
    const calls = text.replaceAll(/\\\n\s*/g, "").matchAll(call);
    return Array.from(calls, ([, rest = ""]) => rest.trim());
  });
}

/** What a command line has that the program has not: a command, or options of it. */
export async function unknownIn(line: string): Promise<readonly string[]> {
  const words = line.split(/\s+/).filter((word) => word !== "[options]");
  const first = words.findIndex((word) => !/^[a-z][a-z-]*$/.test(word));
  const named = first === -1 ? words : words.slice(0, first);
  const help = await helpOf(named);
  const [, usage = ""] = /^Usage: pr-review-admin ?(.*)$/m.exec(help) ?? [];
  const known = usage.split(/ ?\[/)[0]?.split(" ") ?? [];
  // Of a group, help is shown for whatever stands behind it.
  const isGroup = usage.includes("[command]");
  const strange = isGroup ? named.slice(known.filter((word) => word !== "").length) : [];
  if (strange.length > 0) return strange;
  const options = words.flatMap((word) => /^--?[a-z][a-z-]*/.exec(word) ?? []);
  const offered = new Set(help.match(/(?<=[\s,])--?[a-z][a-z-]*/g));
  return options.filter((option) => !offered.has(option));
}

/** Help is not interrupted. */
const onInterrupt = () => () => undefined;

async function helpOf(command: readonly string[]): Promise<string> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const args = [...command, "--help"];
  await run(args, { variables: {}, stdin, stdout, stderr, onInterrupt });
  return String(stdout.read() ?? "");
}
