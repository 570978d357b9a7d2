import { lost, startAdminApi } from "../admin-api.ts";
import type { AdminApi, Answer, ReceivedCall } from "../admin-api.ts";

/** What the bulk API was made to do wrong, by the number of the call that creates, from 1. */
export type Fault = (call: number) => "lost-before" | "lost-after" | undefined;

export interface BulkApi extends AdminApi {
  /** Every working key by its reference. */
  readonly keys: ReadonlyMap<string, string>;
  readonly deleted: readonly string[];
}

type Row = Readonly<Record<string, unknown>>;

/** A server that creates many keys at once as the admin API promises, one for each reference. */
export async function startBulkApi({
  fault = () => undefined,
  refuse = () => undefined,
  onCreate = () => undefined,
}: {
  readonly fault?: Fault;
  /** The code a row fails with, when it is to fail. */
  readonly refuse?: (row: Row) => string | undefined;
  readonly onCreate?: (call: number) => void;
} = {}): Promise<BulkApi> {
  const keys = new Map<string, string>();
  const deleted: string[] = [];
  let creations = 0;
  let made = 0;

  function createAll(rows: readonly Row[]): Answer {
    const results = rows.map((row, index) => {
      const reference = String(row["reference"]);
      const at = {
        line: index + 1,
        key_id: idOf(reference),
        mcp_key: null,
        code: null,
        detail: null,
      };
      const code = refuse(row);
      if (code !== undefined) return { ...at, key_id: null, status: "failed", code, detail: "No." };
      if (keys.has(reference)) return { ...at, status: "exists", code: "key-taken" };
      made += 1;
      const mcp_key = `mcp_${made}`;
      keys.set(reference, mcp_key);
      return { ...at, status: "created", mcp_key };
    });
    return { status: 200, body: { results } };
  }

  function answers(call: ReceivedCall): Answer | undefined {
    if (call.method === "DELETE") {
      const id = decodeURIComponent(call.path.slice("/admin/tokens/".length));
      deleted.push(id);
      for (const reference of keys.keys()) if (idOf(reference) === id) keys.delete(reference);
      return { status: 200, body: { status: "deleted", key_id: id } };
    }
    if (!call.path.startsWith("/admin/tokens/bulk")) return undefined;
    if (call.path.includes("dry_run=true")) return { status: 200, body: { results: [] } };
    creations += 1;
    onCreate(creations);
    const wrong = fault(creations);
    if (wrong === "lost-before") return lost;
    const answer = createAll(call.body["tokens"] as readonly Row[]);
    return wrong === "lost-after" ? lost : answer;
  }

  const api = await startAdminApi({ answers });
  return { ...api, keys, deleted };
}

function idOf(reference: string): string {
  return `id-${reference.replaceAll(/[^0-9a-z]/g, "-")}`;
}
