import { readdir } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

import { bundle, type Program, run } from "@pr-review/program-rig";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { ageLocks, openStorage, temporaryFolder } from "./folder.ts";
import { parseStep } from "./step.ts";

const foldersAtOnce = 4;
const foldersInTurn = 5;
const killsPerFolder = 10;
/** Keys that a program is issuing at a time. */
const issuesAtOnce = 3;

let issuer: Program;
beforeAll(async () => {
  issuer = await bundle(new URL("issuer.ts", import.meta.url));
});
afterAll(async () => issuer.remove());

/** What a folder must hold, by what was acknowledged. */
interface Ledger {
  readonly issued: Set<string>;
  readonly revoked: Set<string>;
  /** Revoked without an acknowledgement: may be there or not. */
  readonly doubtful: Set<string>;
  /** How many kills have cut a write short. */
  cut: number;
}

/** Starts the issuer and kills it at a random moment after it has opened the folder. */
async function runAndKill(folder: string, ledger: Ledger): Promise<void> {
  const { child, line, lines, ended } = run(issuer, [folder]);
  // Acknowledgements, not time: a disk may be slow.
  await line(Math.floor(Math.random() * 10));
  await wait(Math.random() * 10);
  child.kill("SIGKILL");
  await ended;
  for (const { step, detail } of lines.slice(1).map(parseStep)) note(ledger, step, detail[0]);
}

function note({ issued, revoked, doubtful }: Ledger, step: string, id = ""): void {
  const to = { issued, revoking: doubtful, revoked }[step];
  for (const other of [issued, doubtful]) other.delete(id);
  to?.add(id);
}

async function killRepeatedly(folder: string): Promise<Ledger> {
  const ledger: Ledger = { issued: new Set(), revoked: new Set(), doubtful: new Set(), cut: 0 };
  for (let killed = 1; killed <= killsPerFolder; killed += 1) {
    await runAndKill(folder, ledger);
    ledger.cut += (await readdir(folder)).filter((name) => name.endsWith(".tmp")).length;
    await ageLocks(folder);
    const storage = await openStorage(folder);
    const found = new Set((await storage.list()).map(({ id }) => id));
    await storage.close();

    expect([...ledger.issued].filter((id) => !found.has(id))).toEqual([]);
    expect([...ledger.revoked].filter((id) => found.has(id))).toEqual([]);
    const unasked = [...found].filter((id) => !ledger.issued.has(id) && !ledger.doubtful.has(id));
    expect(unasked.length).toBeLessThanOrEqual(issuesAtOnce * killed);
  }
  return ledger;
}

async function killInTurn(): Promise<readonly Ledger[]> {
  const ledgers: Ledger[] = [];
  while (ledgers.length < foldersInTurn) {
    ledgers.push(await killRepeatedly(await temporaryFolder()));
  }
  return ledgers;
}

describe("a token file whose process is killed", () => {
  it("has every acknowledged key, and none that was revoked, after each of 200 kills", async () => {
    const ledgers = (await Promise.all(Array.from({ length: foldersAtOnce }, killInTurn))).flat();
    const sum = (count: (ledger: Ledger) => number): number =>
      ledgers.reduce((total, ledger) => total + count(ledger), 0);
    expect(ledgers.length * killsPerFolder).toBe(200);
    // Else the kills would prove nothing.
    expect(sum(({ issued }) => issued.size)).toBeGreaterThan(100);
    expect(sum(({ revoked }) => revoked.size)).toBeGreaterThan(10);
    expect(sum(({ cut }) => cut)).toBeGreaterThan(10);
  }, 300_000);
});
