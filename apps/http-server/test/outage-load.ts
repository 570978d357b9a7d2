import { adminToken, type Instance } from "./instance.ts";

/** What became of the requests of a load. */
export interface Outcome {
  /** How many answers had which status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Requests that got no answer at all. */
  readonly broken: number;
}

/** A load that goes on until it is ended. */
export interface Load {
  /** How many requests have been answered so far. */
  readonly answered: () => number;
  readonly end: () => Promise<Outcome>;
}

/** Calls each instance with each key over and over, one request at a time for each pair. */
export function startLoad(fleet: readonly Instance[], keys: readonly string[]): Load {
  const statuses: Record<number, number> = {};
  let broken = 0;
  let answered = 0;
  const over = new AbortController();
  const worker = async (instance: Instance, key: string): Promise<void> => {
    while (!over.signal.aborted) {
      const status = await instance.fetchComments(key).then(
        (response) => response.status,
        () => 0,
      );
      if (status === 0) broken += 1;
      else statuses[status] = (statuses[status] ?? 0) + 1;
      answered += 1;
    }
  };
  const workers = fleet.flatMap((instance) => keys.map((key) => worker(instance, key)));
  return {
    answered: () => answered,
    end: async () => {
      over.abort();
      await Promise.all(workers);
      return { statuses, broken };
    },
  };
}

/** Asks for a key by the admin API; the status, and the key when there is one. */
export async function issueKey(
  instance: Instance,
  githubToken: string,
): Promise<{ readonly status: number; readonly key: string | undefined }> {
  const response = await fetch(`${instance.url}/admin/tokens`, {
    method: "POST",
    headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/json" },
    body: JSON.stringify({ github_token: githubToken }),
  });
  const { mcp_key: key } = (await response.json()) as { mcp_key?: string };
  return { status: response.status, key };
}

/** Issues keys, one after the other, until `isOver`; those acknowledged, and the statuses of the rest. */
export async function issueUntil(
  instance: Instance,
  githubToken: string,
  isOver: () => boolean,
): Promise<{ readonly keys: readonly string[]; readonly refusals: readonly number[] }> {
  const keys: string[] = [];
  const refusals: number[] = [];
  while (!isOver()) {
    const { status, key } = await issueKey(instance, githubToken);
    if (key === undefined) refusals.push(status);
    else keys.push(key);
  }
  return { keys, refusals };
}
