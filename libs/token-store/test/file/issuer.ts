import { FileRecordStorage } from "../../src/file.ts";
import { TokenStore, TokenStoreError } from "../../src/index.ts";
import { keys, seal } from "./keys.ts";
import { toLine } from "./step.ts";

// A program that issues keys, and revokes every second, until it is killed or refused. It tells each step
// in a line of JSON: what it is going to revoke, and everything that was acknowledged to it.

// Deadly unless heard; once heard, a write past the limit of file size fails instead.
process.on("SIGXFSZ", () => undefined);

// The test is gone: nobody else would end this.
process.stdin.resume().once("end", () => process.exit(1));

const [folder = ""] = process.argv.slice(2);
const storage = await FileRecordStorage.open(folder, { keys });
const store = new TokenStore(storage, seal);

const ids = async (): Promise<string[]> => (await store.list()).map(({ id }) => id);
const tell = (step: string, detail: readonly string[]): void => {
  process.stdout.write(toLine({ step, detail }));
};

async function issueAndRevoke(): Promise<void> {
  for (let i = 1; ; i += 1) {
    const { record } = await store.issue({ githubToken: "ghp_alice", githubHost: "github.com" });
    tell("issued", [record.id]);
    if (i % 2 === 1) continue;
    tell("revoking", [record.id]);
    await store.revoke(record.id);
    tell("revoked", [record.id]);
  }
}

tell("open", await ids());
const lanes = [issueAndRevoke(), issueAndRevoke(), issueAndRevoke()];
for (const lane of await Promise.allSettled(lanes)) {
  const reason: unknown = lane.status === "rejected" ? lane.reason : undefined;
  if (reason instanceof TokenStoreError) tell("refused", [reason.code, reason.message]);
}
tell("memory", await ids());
await storage.close();
process.stdin.destroy();
