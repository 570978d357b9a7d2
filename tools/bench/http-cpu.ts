import { readdir, readFile } from "node:fs/promises";

/** Time on a processor of a process and all that came from it, in microseconds, user and system. */
export async function cpuOfTree(root: number): Promise<number> {
  const pids = (await readdir("/proc")).map(Number).filter((pid) => pid > 0);
  const parents = new Map<number, number>();
  for (const pid of pids) parents.set(pid, await parentOf(pid));
  const tree = new Set([root]);
  // A child may have a lower number than its parent, so the tree is gone over until it grows no more.
  for (let size = 0; size < tree.size;) {
    size = tree.size;
    for (const [pid, parent] of parents) if (tree.has(parent)) tree.add(pid);
  }
  const times = await Promise.all([...tree].map(cpuOf));
  return times.reduce((sum, time) => sum + time, 0);
}

async function parentOf(pid: number): Promise<number> {
  // The name, in parentheses, may hold anything; state and parent follow (proc(5)).
  const stat = await textOf(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

/** Of all threads, by the scheduler's own nanoseconds: the ticks of `stat` are hundredths of a second. */
async function cpuOf(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const texts = await Promise.all(
    threads.map((thread) => textOf(`/proc/${pid}/task/${thread}/schedstat`)),
  );
  return texts.reduce((sum, text) => sum + Number(text.split(" ")[0]) / 1_000, 0);
}

/** Empty where the process has ended since it was listed. */
async function textOf(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}
