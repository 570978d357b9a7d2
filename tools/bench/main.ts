/** `npm run bench -- <name>`: measures, prints ratios of one run, and says which aims were reached. */
import { fetchBench } from "./fetch.ts";
import { httpBench } from "./http.ts";
import { limiterBench } from "./limiter.ts";
import { outageBench } from "./outage.ts";
import { printRows, type Row } from "./rows.ts";

const benches: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  fetch: fetchBench,
  http: httpBench,
  limiter: limiterBench,
  outage: outageBench,
};

const [name = ""] = process.argv.slice(2);
const bench = benches[name];
if (bench === undefined) {
  console.error(`usage: npm run bench -- <${Object.keys(benches).join("|")}>`);
  process.exitCode = 2;
} else {
  printRows(await bench());
}
