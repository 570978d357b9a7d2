import type { SecretReader } from "./secrets.ts";

/** What to say of where a GitHub token is read, in the help of an option. */
export const githubTokenOption = [
  "--github-token-file <path>",
  'where to read the GitHub token, "-" for standard input (on a terminal: asked for, masked)',
] as const;

/** Reads the GitHub token behind a key from a file, or for `-` from a prompt or standard input. */
export function readGithubToken(secrets: SecretReader, path: string): Promise<string> {
  return secrets.read({
    name: "GitHub token",
    source: path === "-" ? { from: "stdin" } : { from: "file", path },
    advice: "Pipe it in, or pass --github-token-file <path>.",
  });
}
