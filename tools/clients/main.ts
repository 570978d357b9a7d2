/**
 * `npm run clients`: the clients people use, against our built servers and a stand-in for GitHub. The
 * clients come from npm into `.cache`; nothing else of the network is used. Its last line is
 * `N passed, N failed`.
 */
import { tools } from "@pr-review/mcp-tools";
import { generateKey } from "@pr-review/token-store";

import { closingLine } from "../test/closing-line.ts";
import { type Outcome, walkWithKey, walkWithWrongKey } from "./outcome.ts";
import { packages } from "./packages.ts";
import { startSurroundings } from "./surroundings.ts";
import type { Walk } from "./walk.ts";
import { inspectorWalks } from "./walks/inspector.ts";
import { mcpRemoteWalks } from "./walks/mcp-remote.ts";
import { mcporterWalks } from "./walks/mcporter.ts";
import { supergatewayWalks } from "./walks/supergateway.ts";

const walks = [...mcpRemoteWalks, ...inspectorWalks, ...mcporterWalks, ...supergatewayWalks];

const surroundings = await startSurroundings();
const outcomes: Outcome[] = [];
try {
  const { key, comments, problems } = surroundings;
  const expected = { key, tools: tools.map(({ name }) => name), comments };
  console.log("With a key");
  await walkAll(walks, (walk) => walkWithKey(walk, surroundings, expected));

  console.log("With a key that nobody has: what the person is told");
  const wrong = generateKey().key;
  await walkAll(onceEach(walks), (walk) => walkWithWrongKey(walk, surroundings, wrong));

  for (const problem of problems) {
    console.error(`GitHub was asked wrongly: ${problem}`);
    outcomes.push({ verdict: "failed" });
  }
} finally {
  await surroundings.close();
}

const [passed, failed, limited] = (["passed", "failed", "limit"] as const).map(
  (verdict) => outcomes.filter((outcome) => outcome.verdict === verdict).length,
);
console.log(`${limited} are limits of the client itself, and neither.`);
console.log(closingLine({ passed: passed ?? 0, failed: failed ?? 0 }));
process.exitCode = failed === 0 ? 0 : 1;

/** Walks one after the other, and prints how it went. */
async function walkAll(
  chosen: readonly Walk[],
  take: (walk: Walk) => Promise<Outcome>,
): Promise<void> {
  const rows: object[] = [];
  for (const walk of chosen) {
    const outcome = await take(walk);
    outcomes.push(outcome);
    rows.push(rowOf(walk, outcome));
    if (outcome.verdict !== "failed") continue;
    console.error(`${walk.client}, ${walk.transport}: ${outcome.reason}\n${outcome.shown ?? ""}`);
  }
  console.table(rows);
}

function rowOf({ client, transport }: Walk, { verdict, spoken, reason }: Outcome): object {
  const version = `${client} ${packages[client]}`;
  return { client: version, transport, era: spoken ?? "", result: verdict, because: reason ?? "" };
}

/** The first walk of each way that needs a key. */
function onceEach(all: readonly Walk[]): readonly Walk[] {
  const keyed = all.filter(({ usesKey }) => usesKey);
  const ways = keyed.map(({ client, transport }) => `${client} ${transport}`);
  return keyed.filter((_, at) => ways.indexOf(ways[at] ?? "") === at);
}
