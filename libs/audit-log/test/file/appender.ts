import { FileAuditStorage } from "../../src/file.ts";
import { AuditLog, AuditLogError } from "../../src/index.ts";

// A program that adds records from several lanes until it is killed or refused. It tells each that was
// acknowledged by its seq and hash, and a refusal by its code and message.

// Deadly unless heard; once heard, a write past the limit of file size fails instead.
process.on("SIGXFSZ", () => undefined);

// The test is gone: nobody else would end this.
process.stdin.resume().once("end", () => process.exit(1));

const [folder = ""] = process.argv.slice(2);
const storage = new FileAuditStorage(folder, { maxBytes: 20_000, maxFiles: 1_000 });
const log = new AuditLog(storage, [{ id: "k1", key: Buffer.alloc(32, "one") }]);

async function work(lane: number): Promise<void> {
  for (let i = 1; ; i += 1) {
    const event = {
      actor: `lane ${lane}`,
      action: "token.create",
      target: String(i),
      outcome: "ok",
    };
    const { seq, hash } = await log.append(event);
    process.stdout.write(`${seq} ${hash}\n`);
  }
}

await log.ready();
process.stdout.write("ready\n");
const lanes = await Promise.allSettled([1, 2, 3, 4, 5].map(work));
for (const lane of lanes) {
  const reason: unknown = lane.status === "rejected" ? lane.reason : undefined;
  if (reason instanceof AuditLogError) process.stdout.write(`${reason.code} ${reason.message}\n`);
}
process.stdin.destroy();
