import { open } from "node:fs/promises";

/**
 * Adds text to a file, made with mode 0600 if need be. When this resolves, the text would survive a power cut;
 * so does a file that it made once `syncFolder` has resolved for its folder.
 */
export async function appendText(path: string, text: string): Promise<void> {
  const file = await open(path, "a", 0o600);
  try {
    // Carries on after a short write; a bare `write` near a full disk keeps a part and reports no error.
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
