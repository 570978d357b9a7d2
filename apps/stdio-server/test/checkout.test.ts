import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it, onTestFinished } from "vitest";

import { detectCheckout } from "../src/checkout.ts";

const none = { GH_HOST: "github.com" };

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "checkout-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

/** A real repository on branch `fix/this`, with one commit. */
function repository(...remotes: (readonly [string, string])[]): {
  dir: string;
  git: (...args: string[]) => void;
} {
  const dir = folder();
  const who = ["-c", "user.name=t", "-c", "user.email=t@t.invalid"];
  const git = (...args: string[]) =>
    void execFileSync("git", [...who, ...args], { cwd: dir, stdio: "pipe" });
  git("init", "-q", "-b", "fix/this");
  git("commit", "-q", "--allow-empty", "-m", "first");
  for (const [name, url] of remotes) git("remote", "add", name, url);
  return { dir, git };
}

it("reads repository and branch of a checkout, also from a folder inside it", async () => {
  const { dir } = repository(
    ["upstream", "git@ghe.corp:other/one"],
    ["origin", "git@github.com:acme/widgets.git"],
  );
  mkdirSync(join(dir, "a/b"), { recursive: true });
  const expected = { host: "github.com", owner: "acme", repo: "widgets", branch: "fix/this" };
  expect(await detectCheckout(none, dir)).toEqual(expected);
  expect(await detectCheckout(none, join(dir, "a/b"))).toEqual(expected);
});

it("takes the first remote when there is no origin", async () => {
  const { dir } = repository(["upstream", "https://ghe.corp/acme/widgets"]);
  expect(await detectCheckout(none, dir)).toMatchObject({ host: "ghe.corp", repo: "widgets" });
});

it("follows git's insteadOf (W12)", async () => {
  const { dir, git } = repository(["origin", "gh:acme/widgets"]);
  git("config", "url.git@github.com:.insteadOf", "gh:");
  expect(await detectCheckout(none, dir)).toMatchObject({ host: "github.com", owner: "acme" });
});

it("knows no branch on a detached HEAD, and the rest all the same", async () => {
  const { dir, git } = repository(["origin", "git@github.com:acme/widgets.git"]);
  git("checkout", "-q", "--detach");
  expect(await detectCheckout(none, dir)).toMatchObject({ repo: "widgets", branch: undefined });
});

it("asks git nothing when all three settings are there, and ignores a partial set", async () => {
  const all = { GH_HOST: "ghe.corp", MCP_PR_OWNER: "a", MCP_PR_REPO: "b", MCP_PR_BRANCH: "c" };
  expect(await detectCheckout(all, folder())).toEqual({
    host: "ghe.corp",
    owner: "a",
    repo: "b",
    branch: "c",
  });
  await expect(detectCheckout({ ...none, MCP_PR_OWNER: "a" }, folder())).rejects.toMatchObject({
    code: "repository-required",
  });
});

it.each([
  ["no git checkout", () => folder(), "This is not a git checkout"],
  ["no remote", () => repository().dir, "This git checkout has no remote."],
  [
    "a remote that is a path",
    () => repository(["origin", "/srv/s3cret/widgets"]).dir,
    "The git remote is no GitHub URL.",
  ],
])("says what is missing for %s, without repeating a URL", async (_, make, text) => {
  const error: unknown = await detectCheckout(none, make()).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: "repository-required",
    message: expect.stringContaining(text),
  });
  expect(String(error)).not.toContain("s3cret");
});
