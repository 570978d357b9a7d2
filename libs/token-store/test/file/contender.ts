import { once } from "node:events";

import { FileRecordStorage } from "../../src/file.ts";
import { TokenStoreError } from "../../src/index.ts";
import { keys } from "./keys.ts";

// A program that opens many folders at once, as soon as it is told to on its standard input, says in a
// line of JSON how each of them went, and holds those it got until its standard input ends.

const open = async (folder: string): Promise<string> => {
  try {
    await FileRecordStorage.open(folder, { keys, waitMs: 1_000 });
    return "open";
  } catch (error) {
    return error instanceof TokenStoreError ? error.code : String(error);
  }
};

process.stdout.write("ready\n");
await once(process.stdin, "data");
const outcomes = await Promise.all(process.argv.slice(2).map(open));
process.stdout.write(`${JSON.stringify(outcomes)}\n`);
await once(process.stdin, "end");
