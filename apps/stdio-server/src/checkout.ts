import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { type Checkout, ToolError } from "@pr-review/mcp-tools";

import type { Config } from "./config.ts";
import { parseRemoteUrl } from "./remote-url.ts";

const run = promisify(execFile);
type Override = Pick<Config, "GH_HOST" | "MCP_PR_OWNER" | "MCP_PR_REPO" | "MCP_PR_BRANCH">;

/**
 * The repository and branch being worked on: the `MCP_PR_*` settings when all three are there, else
 * what git says of the folder. Throws `ToolError` `repository-required` when git does not know.
 */
export async function detectCheckout(
  { GH_HOST: host, MCP_PR_OWNER, MCP_PR_REPO, MCP_PR_BRANCH }: Override,
  cwd: string,
): Promise<Checkout> {
  if (MCP_PR_OWNER && MCP_PR_REPO && MCP_PR_BRANCH) {
    return { host, owner: MCP_PR_OWNER, repo: MCP_PR_REPO, branch: MCP_PR_BRANCH };
  }
  const remotes = await git(
    cwd,
    ["remote"],
    "This is not a git checkout, or git is not installed.",
  );
  const names = remotes.split("\n").filter((name) => name !== "");
  const name = names.includes("origin") ? "origin" : names[0];
  if (name === undefined) throw unknown("This git checkout has no remote.");

  const url = await git(cwd, ["remote", "get-url", name], "The git remote has no URL.");
  const remote = parseRemoteUrl(url);
  // The URL itself stays out of the message: people keep passwords in there.
  if (remote === undefined) throw unknown("The git remote is no GitHub URL.");
  return { ...remote, branch: await branchIn(cwd) };
}

/** A detached HEAD is on no branch; strategies that need none still work. */
async function branchIn(cwd: string): Promise<string | undefined> {
  const branch = await git(cwd, ["symbolic-ref", "--short", "HEAD"], "").catch(() => "");
  return branch === "" ? undefined : branch;
}

async function git(cwd: string, args: readonly string[], complaint: string): Promise<string> {
  try {
    const { stdout } = await run("git", [...args], { cwd, timeout: 10_000 });
    return stdout.trim();
  } catch (cause) {
    throw unknown(complaint, cause);
  }
}

function unknown(complaint: string, cause?: unknown): ToolError {
  const advice = "Give pr_url, or owner, repo and branch.";
  return new ToolError("repository-required", `${complaint} ${advice}`, { cause });
}
