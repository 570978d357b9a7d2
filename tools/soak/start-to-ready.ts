import { startInstance } from "../rolling/instance.ts";

/** Starts a server so many times, one after the other: ms from each spawn to the first 200 of `/ready`. */
export async function startToReady(
  folder: string,
  settings: Readonly<Record<string, string>>,
  { starts = 5 } = {},
): Promise<readonly number[]> {
  const times: number[] = [];
  while (times.length < starts) {
    const from = performance.now();
    const instance = await startInstance(folder, { ...settings, MCP_DRAIN_DELAY_MS: "0" });
    await untilReady(instance.url);
    times.push(performance.now() - from);
    await instance.end();
  }
  return times;
}

async function untilReady(url: string): Promise<void> {
  for (let status = 0; status !== 200;) {
    const response = await fetch(`${url}/ready`, { headers: { connection: "close" } });
    await response.arrayBuffer();
    ({ status } = response);
  }
}
