/** One value of a metric. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric as a scraper reads it. */
export interface Family {
  readonly help: string;
  readonly type: string;
  readonly samples: Sample[];
}

const name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const comment = new RegExp(`^# (HELP|TYPE) (${name}) (.+)$`);
const sample = new RegExp(`^(${name})(?:\\{(.*)\\})? (\\S+)$`);
const label = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/gy;
const types = new Set(["counter", "gauge", "histogram", "summary", "untyped"]);

/**
 * Reads Prometheus' text format 0.0.4, strictly: throws on a line it does not know, a sample before HELP
 * and TYPE of its metric, a metric that is told twice, and a series that is.
 */
export function parseExposition(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith("\n")) throw new Error("the last line does not end");
  const helps = new Map<string, string>();
  const families = new Map<string, Family>();
  const series = new Set<string>();
  for (const line of text.split("\n").filter((each) => each !== "")) {
    const [, keyword, metric = "", rest = ""] = comment.exec(line) ?? [];
    if (keyword === "HELP") once(helps, metric, rest);
    else if (keyword === "TYPE") once(families, metric, familyOf(helps.get(metric), rest));
    else addSample(families, sampleIn(line), series);
  }
  return families;
}

function familyOf(help: string | undefined, type: string): Family {
  if (help === undefined || !types.has(type)) throw new Error(`no HELP, or no such type: ${type}`);
  return { help, type, samples: [] };
}

function once<T>(map: Map<string, T>, key: string, value: T): void {
  if (map.has(key)) throw new Error(`told twice: ${key}`);
  map.set(key, value);
}

function addSample(
  families: ReadonlyMap<string, Family>,
  found: Sample,
  series: Set<string>,
): void {
  const of = found.name.replace(/_(?:bucket|sum|count)$/, "");
  const family = families.get(found.name) ?? families.get(of);
  if (family === undefined) throw new Error(`a sample of no metric: ${found.name}`);
  if (family.type !== "histogram" && !families.has(found.name)) {
    throw new Error(`a sample of another type: ${found.name}`);
  }
  const key = seriesOf(found);
  if (series.has(key)) throw new Error(`a series told twice: ${key}`);
  series.add(key);
  family.samples.push(found);
}

/** The name of a series: that of its sample and its labels. */
export function seriesOf({ name: metric, labels }: Sample): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}=${JSON.stringify(text)}`);
  return `${metric}{${pairs.toSorted((a, b) => a.localeCompare(b)).join()}}`;
}

function sampleIn(line: string): Sample {
  const [, metric, labels = "", number = ""] = sample.exec(line) ?? [];
  if (metric === undefined) throw new Error(`not a line of the format: ${line}`);
  const pairs = [...labels.matchAll(label)];
  if (pairs.map(([pair]) => pair).join("") !== labels) throw new Error(`bad labels: ${line}`);
  const value = Number(number.replace(/^([+-]?)Inf$/, "$1Infinity"));
  if (Number.isNaN(value) && number !== "NaN") throw new Error(`not a number: ${line}`);
  return {
    name: metric,
    labels: Object.fromEntries(pairs.map(([, key, text]) => [key, text])),
    value,
  };
}
