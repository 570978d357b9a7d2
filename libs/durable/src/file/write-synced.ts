import { open } from "node:fs/promises";

/**
 * Writes text or bytes to a file, made with mode 0600 if need be: in place of what it held (`w`) or after it
 * (`a`). When this resolves, the content would survive a power cut; the name of a file that it made may not.
 */
export async function writeSynced(
  path: string,
  content: string | Uint8Array,
  flags: "a" | "w",
): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    // Carries on after a short write; a bare `write` near a full disk keeps a part and reports no error.
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
