import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";

import { z } from "zod";

import type { Variables } from "./environment.ts";
import { CliError } from "./errors.ts";
import { fileReason } from "./file-error.ts";
import { parseJson } from "./json.ts";
import { profilePath } from "./profile-path.ts";

/** The name of the profile that is used when none is named. */
export const defaultProfile = "default";

/** A server, and the admin token that is for it alone. */
export interface Profile {
  readonly server: string;
  readonly adminToken: string | undefined;
}

/** The profiles of a file, by name, as JSON. */
export const profilesSchema = z.object({
  profiles: z.record(z.string(), z.object({ server: z.string(), admin_token: z.string() })),
});

/**
 * The profile of that name; without a name the default one, if there is any.
 * @throws CliError "usage" when there is none of that name, and what `readProfiles` throws.
 */
export function readProfile(name: string | undefined, variables: Variables): Profile | undefined {
  const path = profilePath(variables);
  const profiles = path === undefined ? new Map<string, Profile>() : readProfiles(path);
  const profile = profiles.get(name ?? defaultProfile);
  if (profile !== undefined || name === undefined) return profile;
  const known = profiles.size === 0 ? "" : ` There are: ${[...profiles.keys()].join(", ")}.`;
  throw new CliError(
    "usage",
    `There is no profile ${name} in ${path ?? "a home folder"}.${known} Save one: pr-review-admin login --profile ${name}`,
  );
}

/**
 * Every profile of a file, by name; none when there is no file.
 * @throws CliError "unreadable-file" when it cannot be read, or others can; "invalid-file".
 */
export function readProfiles(path: string): Map<string, Profile> {
  const text = readPrivate(path);
  if (text === undefined) return new Map();
  const parsed = profilesSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new CliError(
      "invalid-file",
      `${path} holds no profiles as this program writes them. Mend it, or remove it and log in again: pr-review-admin login`,
    );
  }
  const entries = Object.entries(parsed.data.profiles);
  return new Map(
    entries.map(([name, { server, admin_token }]) => [name, { server, adminToken: admin_token }]),
  );
}

/** The text of a file that nobody else may read, as it holds secrets. */
function readPrivate(path: string): string | undefined {
  const file = open(path);
  if (file === undefined) return undefined;
  try {
    const { mode } = fstatSync(file);
    // Windows has no such modes.
    if (process.platform === "win32" || (mode & 0o077) === 0) return readFileSync(file, "utf8");
    throw new CliError(
      "unreadable-file",
      `Others may read ${path}, which holds admin tokens. Run: chmod 600 ${path}`,
    );
  } finally {
    closeSync(file);
  }
}

function open(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch (error) {
    const reason = fileReason(error);
    if (reason === "ENOENT" || reason === "ENOTDIR") return undefined;
    throw new CliError("unreadable-file", `Cannot read ${path} (${reason}).`);
  }
}
