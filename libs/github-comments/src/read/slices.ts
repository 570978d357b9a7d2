import { setImmediate as nextTurn } from "node:timers/promises";

const sliceMs = 5;

/** Maps a long list in slices of a few milliseconds, so that other callers' requests run in between. */
export async function mapInSlices<In, Out>(
  items: readonly In[],
  map: (item: In) => Out,
): Promise<readonly Out[]> {
  const mapped: Out[] = [];
  let sliceEnd = performance.now() + sliceMs;
  for (const item of items) {
    mapped.push(map(item));
    if (performance.now() < sliceEnd) continue;
    await nextTurn();
    sliceEnd = performance.now() + sliceMs;
  }
  return mapped;
}
