import { z } from "zod";

const text = z.string({ error: "must be text" });
const list = z.array(text, { error: "must be a list" });

// Only what would keep a row from being sent; the server checks the rest before it makes a key.
const row = z.strictObject({
  github_token: z
    .string({ error: "must be given, as text" })
    .trim()
    .regex(/^[\u0021-\u007E]{1,4096}$/, "must be one word of visible characters"),
  github_host: text.optional(),
  user_id: text.optional(),
  description: text.optional(),
  scopes: list.optional(),
  read_only: z.boolean({ error: "must be true or false" }).optional(),
  allowed_repos: list.optional(),
  allowed_ips: list.optional(),
  rate_limit: z.number({ error: "must be a number" }).optional(),
  expires_at: text.optional(),
  expires_in: text.optional(),
});

/** The fields of a row, which are the columns of a CSV file. */
export const rowFields: readonly string[] = Object.keys(row.shape);

/** A key to make, and the line of the file that asks for it. */
export interface ImportRow {
  readonly line: number;
  readonly token: z.infer<typeof row>;
}

/** What is wrong with a line of the file; the message does not repeat what the line holds. */
export interface RowProblem {
  readonly line: number;
  readonly message: string;
}

/** What a file holds: its rows, and what is wrong with any of them. */
export interface ImportRows {
  readonly rows: readonly ImportRow[];
  readonly problems: readonly RowProblem[];
}

/** Checks each value read from a file, and that no two ask for the same key. */
export function checkRows(
  values: readonly { readonly line: number; readonly value: unknown }[],
): ImportRows {
  const rows: ImportRow[] = [];
  const problems: RowProblem[] = [];
  const seen = new Map<string, number>();
  for (const { line, value } of values) {
    const { data: token, error } = row.safeParse(value);
    if (token === undefined) {
      problems.push(...error.issues.map((issue) => ({ line, message: messageOf(issue) })));
      continue;
    }
    const same = JSON.stringify([token.user_id, token.github_host, token.github_token]);
    const earlier = seen.get(same);
    if (earlier === undefined) seen.set(same, line);
    else problems.push({ line, message: `repeats line ${earlier}` });
    rows.push({ line, token });
  }
  return { rows, problems };
}

function messageOf({ code, path, message }: z.core.$ZodIssue): string {
  if (code === "unrecognized_keys") return `has a field that is none of ${rowFields.join(", ")}`;
  return path.length === 0 ? "must be an object" : `${path.join(".")} ${message}`;
}
