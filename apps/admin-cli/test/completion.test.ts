import { execFile } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { expect, test } from "vitest";

import { folder } from "./folder.ts";
import { runCli } from "./run-cli.ts";

async function complete(...words: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await runCli(["complete", "--", ...words]);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t")[0] ?? "");
}

test.each<[readonly string[], readonly string[]]>([
  [["to"], ["tokens"]],
  [
    ["audit", ""],
    ["tail", "verify", "help"],
  ],
  [["tokens", "li"], ["list"]],
  [["tokens", "list", "--ex"], ["--expiring-within"]],
  [["tokens", "list", "--ur"], ["--url"]],
  [["--url", "tokens", "us"], ["usage"]],
  [["--json", "audit", "t"], ["tail"]],
  [
    ["client-config", "c"],
    ["claude-code", "claude-desktop", "cursor", "codex"],
  ],
  [
    ["completion", ""],
    ["bash", "zsh", "fish"],
  ],
  [["tokens", "show", "k1", ""], []],
  [["tokens", "create", "--user", "li"], []],
  [["com"], ["completion"]],
])("completes %j with %j", async (words, expected) => {
  expect(await complete(...words)).toEqual(expected);
});

test("tells what a candidate is for, after a tab", async () => {
  const { stdout } = await runCli(["complete", "--", "audit", "v"]);

  expect(stdout).toMatch(/^verify\tcheck that no record was altered/);
});

test("refuses a shell it has nothing for", async () => {
  expect((await runCli(["completion", "tcsh"])).error).toMatchObject({ code: "usage" });
});

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** What bash offers for a command line that ends at the cursor, by the script of the program. */
async function bashOffers(line: string): Promise<readonly string[]> {
  const bin = folder();
  const program = join(bin, "pr-review-admin");
  writeFileSync(
    program,
    `#!/bin/sh\nexec "${process.execPath}" --import tsx -C @pr-review/source "${main}" "$@"\n`,
  );
  chmodSync(program, 0o755);
  // What readline does at a tab: it splits the line, sets these, and calls what is registered.
  const script = `
source <(pr-review-admin completion bash)
read -ra COMP_WORDS <<< "$LINE"
[[ "$LINE" == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
registered=$(complete -p pr-review-admin)
function=\${registered#*-F }
\${function%% *}
printf '%s\\n' "\${COMPREPLY[@]}"
`;
  const env = { PATH: `${bin}:${process.env["PATH"]}`, LINE: line };
  const { stdout } = await promisify(execFile)("bash", ["-c", script], {
    env,
    cwd: join(main, "../.."),
  });
  return stdout.split("\n").filter((word) => word !== "");
}

test("completes in bash, by the script it prints", async () => {
  expect(await bashOffers("pr-review-admin audit ")).toEqual(["tail", "verify", "help"]);
  expect(await bashOffers("pr-review-admin tokens list --st")).toEqual(["--state"]);
});
