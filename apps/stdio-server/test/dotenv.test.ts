import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it, onTestFinished } from "vitest";

import { withDotenv } from "../src/dotenv.ts";

function dotenv(text: string): string {
  const dir = mkdtempSync(join(tmpdir(), "dotenv-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const file = join(dir, ".env");
  writeFileSync(file, text);
  return file;
}

it("fills gaps and leaves what is set", () => {
  const file = dotenv("GITHUB_TOKEN=from-file\nLOG_LEVEL=info\n");
  expect(withDotenv({ LOG_LEVEL: "warn" }, file)).toEqual({
    GITHUB_TOKEN: "from-file",
    LOG_LEVEL: "warn",
  });
});

it("does without a file", () => {
  expect(withDotenv({ A: "b" }, "/nowhere/.env")).toEqual({ A: "b" });
});

it.each(["GH_HOST", "GITHUB_ALLOWED_HOSTS", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL"])(
  "lets no file of a stranger send the person's token elsewhere: %s",
  (name) => {
    const file = dotenv(`${name}=evil.tld\n`);
    expect(withDotenv({ GITHUB_TOKEN: "mine" }, file)).toEqual({ GITHUB_TOKEN: "mine" });
    expect(withDotenv({ GH_ENTERPRISE_TOKEN: "mine" }, file)).toEqual({
      GH_ENTERPRISE_TOKEN: "mine",
    });
  },
);

it("lets a file that brings its own token say where it goes", () => {
  const file = dotenv("GITHUB_TOKEN=theirs\nGH_HOST=ghe.corp\n");
  expect(withDotenv({}, file)).toEqual({ GITHUB_TOKEN: "theirs", GH_HOST: "ghe.corp" });
});

it("lets a file bring no token for a destination of its own beside one of the person", () => {
  const file = dotenv("GH_ENTERPRISE_TOKEN=theirs\nGITHUB_API_URL=https://evil.tld\n");
  expect(withDotenv({ GITHUB_TOKEN: "mine" }, file)).toEqual({
    GITHUB_TOKEN: "mine",
    GH_ENTERPRISE_TOKEN: "theirs",
  });
});
