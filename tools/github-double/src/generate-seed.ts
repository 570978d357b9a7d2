import { demoTokens } from "./demo-seed.ts";
import { isoSeconds } from "./model/identity.ts";
import type { Seed, SeedComment, SeedThread } from "./seed.ts";

/** How large a pull request to generate. */
export interface GenerateOptions {
  /** 400 if left out. */
  readonly threads?: number;
  /** Comments of a thread by its index, or the same for all; 1 to 4 in turn (1,000 in 400) if left out. */
  readonly commentsPerThread?: number | ((thread: number) => number);
  /** Characters of each diff hunk, about; 600 if left out. */
  readonly hunkLength?: number;
  /** `acme/widgets` if left out. */
  readonly repository?: string;
  /** 7 if left out. */
  readonly number?: number;
}

const FILES = ["src/cart/total.ts", "src/components/Price.tsx", "api/orders.py", "web/main.css"];
const START = Date.UTC(2026, 2, 2, 8);

/**
 * A seed with one large pull request, the same for the same options. Every third thread is resolved,
 * every fifth outdated. The tokens are those of the demo.
 */
export function generateSeed({
  threads = 400,
  commentsPerThread = (index) => 1 + (index % 4),
  hunkLength = 600,
  repository = "acme/widgets",
  number = 7,
}: GenerateOptions = {}): Seed {
  const [owner = "acme", name = "widgets"] = repository.split("/");
  const countOf =
    typeof commentsPerThread === "function" ? commentsPerThread : () => commentsPerThread;
  let comments = 0;
  const generated = Array.from({ length: threads }, (_, index) => {
    const first = comments;
    comments += countOf(index);
    return thread(index, first, comments, hunkLength);
  });
  const pullRequest = {
    number,
    title: `Generated: ${threads} threads`,
    headRefName: "generated",
    author: { login: "alice" },
    threads: generated,
  };
  return {
    tokens: {
      [demoTokens.alice]: { login: "alice", repositories: "all", canWrite: true },
      [demoTokens.bob]: { login: "bob" },
    },
    repositories: [{ owner, name, pullRequests: [pullRequest] }],
  };
}

function thread(index: number, first: number, end: number, hunkLength: number): SeedThread {
  const isOutdated = index % 5 === 4;
  const line = 10 + (index % 300);
  return {
    id: `PRRT_generated_${index}`,
    path: FILES[index % FILES.length] ?? "README.md",
    line: isOutdated ? null : line,
    originalLine: line,
    isOutdated,
    isResolved: index % 3 === 2,
    comments: Array.from({ length: end - first }, (_, place) =>
      comment(first + place, line, hunkLength),
    ),
  };
}

function comment(index: number, line: number, hunkLength: number): SeedComment {
  const head = `@@ -${line},8 +${line},9 @@\n`;
  const row = `+  const amount${index} = total(lines) - discount;\n`;
  const rows = Math.max(1, Math.round((hunkLength - head.length) / row.length));
  return {
    id: `PRRC_generated_${index}`,
    fullDatabaseId: String(4_000_000_000 + index),
    author: { login: `reviewer-${index % 7}` },
    body: `Remark ${index}: please name the unit of this amount, and say where it is rounded.`,
    diffHunk: head + row.repeat(rows),
    createdAt: isoSeconds(START + index * 60_000),
  };
}
