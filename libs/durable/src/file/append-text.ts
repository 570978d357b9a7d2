import { writeSynced } from "./write-synced.ts";

/**
 * Adds text to a file, made with mode 0600 if need be. When this resolves, the text would survive a power cut;
 * so does a file that it made once `syncFolder` has resolved for its folder.
 */
export async function appendText(path: string, text: string): Promise<void> {
  await writeSynced(path, text, "a");
}
