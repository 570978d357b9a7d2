import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Ground } from "./walk.ts";
import { startWitness } from "./witness.ts";

/** What all walks share. */
export interface Surroundings extends Pick<Ground, "entryOf" | "node24" | "environment"> {
  /** The http-server itself. */
  readonly server: string;
  /** The program of the stdio server. */
  readonly stdioMain: string;
}

/** Ground for one walk, what was overheard on it, and how to clear it away. */
export interface OverheardGround extends Ground {
  /** The messages either server was sent, in their order. */
  readonly messages: () => Promise<readonly string[]>;
  readonly clear: () => Promise<void>;
}

let walks = 0;

/** Prepares the ground for one walk: an address, a home and ears of its own. */
export async function prepareGround(
  { server, stdioMain, ...rest }: Surroundings,
  key: string,
): Promise<OverheardGround> {
  walks += 1;
  const home = await mkdtemp(join(tmpdir(), "client-"));
  const witness = await startWitness(server, `192.0.2.${walks}`);
  const said = join(home, "said.jsonl");
  const command = join(home, "pr-review-stdio");
  const script = `#!/bin/sh\ntee -a '${said}' | '${process.execPath}' '${stdioMain}'\n`;
  await writeFile(command, script, { mode: 0o755 });
  return {
    ...rest,
    url: witness.url,
    key,
    command,
    home,
    messages: async () => {
      const lines = await readFile(said, "utf8").catch(() => "");
      return [...witness.posted, ...lines.split("\n")];
    },
    clear: async () => {
      await witness.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
