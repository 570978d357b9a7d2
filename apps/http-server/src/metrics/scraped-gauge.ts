import { setTimeout as delay } from "node:timers/promises";

import { Gauge, type Registry } from "prom-client";

/** What a gauge is called, and where its value comes from. */
export interface ScrapedGauge {
  readonly name: `pr_review_${string}`;
  readonly help: string;
  /** Asked at each scrape; undefined, a rejection or a long silence leave the gauge without a value. */
  readonly read: () => number | undefined | Promise<number | undefined>;
  /** Milliseconds to wait for the value; 1,000 unless told otherwise. */
  readonly patienceMs?: number;
}

/** Adds a gauge that is read at each scrape. What it reads may be down: the other metrics still count. */
export function addScrapedGauge(registry: Registry, gauge: ScrapedGauge): void {
  const { name, help, read, patienceMs = 1_000 } = gauge;
  const shown = new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      const value = await readWithin(read, patienceMs);
      if (value === undefined) this.remove();
      else this.set(value);
    },
  });
  shown.remove();
}

async function readWithin(
  read: ScrapedGauge["read"],
  patienceMs: number,
): Promise<number | undefined> {
  const done = new AbortController();
  const late = delay(patienceMs, undefined, { signal: done.signal }).catch(() => undefined);
  try {
    return await Promise.race([read(), late]);
  } catch {
    return undefined;
  } finally {
    done.abort();
  }
}
