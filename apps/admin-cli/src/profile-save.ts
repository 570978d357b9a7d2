import { plainJson } from "./plain-text.ts";
import { readProfiles } from "./profile.ts";
import type { Profile } from "./profile.ts";
import { replaceFile } from "./replace-file.ts";

/**
 * Keeps a profile under a name beside the others, in a file of mode 0600.
 * @throws CliError "unwritable-file", and what `readProfiles` throws.
 */
export function saveProfile(path: string, name: string, { server, adminToken }: Profile): void {
  const profiles = readProfiles(path).set(name, { server, adminToken });
  const saved = new Map(
    [...profiles].map(([key, profile]) => [
      key,
      { server: profile.server, admin_token: profile.adminToken },
    ]),
  );
  replaceFile(path, `${plainJson({ profiles: Object.fromEntries(saved) })}\n`);
}
