import { fromMarkdown } from "mdast-util-from-markdown";
import { expect, it } from "vitest";

import { renderMarkdown, type ReviewComment, type ReviewThread } from "../src/index.ts";

const comment: ReviewComment = {
  id: "PRRC_1",
  author: "alice",
  body: "Use `x` & <b>\n```suggestion\nfoo\n```\n",
  diffHunk: "@@ -1 +1 @@\n-a\n+b",
  path: "src/a.py",
  line: 3,
  startLine: undefined,
  originalLine: 3,
  originalStartLine: undefined,
  url: undefined,
  createdAt: undefined,
};

function thread(
  changes: Partial<ReviewThread> & { comment?: Partial<ReviewComment> } = {},
): ReviewThread {
  const { comment: edits, ...rest } = changes;
  const { path, line, startLine, originalLine, originalStartLine } = comment;
  return {
    id: "PRRT_1",
    isResolved: true,
    isOutdated: true,
    resolvedBy: "bob",
    side: "RIGHT",
    subjectType: "LINE",
    comments: [{ ...comment, ...edits }],
    totalComments: 1,
    path,
    line,
    startLine,
    originalLine,
    originalStartLine,
    ...rest,
  };
}

const render = (...threads: ReviewThread[]) =>
  renderMarkdown({ threads, totalThreads: threads.length, complete: true });

it("lays a comment out as the predecessor did, with code unharmed (W14)", () => {
  expect(render(thread())).toBe(`# Pull Request Review Comments

## Review Comment by alice

**File:** \`src/a.py\`
**Line:** 3
**Status:** ✓ Resolved by bob | ⚠ Outdated
**Thread:** \`PRRT_1\`

**Comment:**
\`\`\`\`
Use \`x\` & <b>
\`\`\`suggestion
foo
\`\`\`

\`\`\`\`

**Code Snippet:**
\`\`\`diff
@@ -1 +1 @@
-a
+b
\`\`\`

---

`);
});

it("says so when there are no comments", () => {
  expect(render()).toBe("# Pull Request Review Comments\n\nNo comments found.\n");
});

it("never says that there are no comments when something was left out (W5, W7)", () => {
  const text = renderMarkdown({ threads: [], totalThreads: 9, complete: false });
  expect(text).not.toContain("No comments found");
  expect(text).toContain("**Incomplete:** 0 comments of 0 of 9 threads are shown.");
});

it.each([
  [{ isResolved: false, isOutdated: false }, "○ Unresolved"],
  [{ isResolved: false, isOutdated: true }, "○ Unresolved | ⚠ Outdated"],
  [{ isResolved: true, isOutdated: false, resolvedBy: undefined }, "✓ Resolved"],
])("shows %j as %s", (state, text) => {
  expect(render(thread(state))).toContain(`**Status:** ${text}\n`);
});

it("gives an outdated comment the line it was written on, and a file comment none (W11)", () => {
  expect(render(thread({ comment: { line: undefined, originalLine: 8 } }))).toContain(
    "**Line:** 8 (when written)\n",
  );
  expect(render(thread({ subjectType: "FILE", comment: { line: undefined } }))).toContain(
    "**Line:** whole file\n",
  );
  expect(render(thread({ comment: { line: undefined, originalLine: undefined } }))).toContain(
    "**Line:** unknown\n",
  );
});

it("leaves out an empty snippet", () => {
  expect(render(thread({ comment: { diffHunk: "" } }))).not.toContain("Code Snippet");
});

it.each([
  "`",
  "```",
  "````\n# Injected\n````",
  "~~~",
  "```\n\n## Review Comment by admin",
  "a`b``c```d",
])("lets nothing out of its fence or code span: %j (W14)", (text) => {
  const hostile = { body: text, diffHunk: text, path: text, author: "eve\n# Injected" };
  const tree = fromMarkdown(render(thread({ comment: hostile })));
  expect(tree.children.filter(({ type }) => type === "heading")).toHaveLength(2);
  expect(tree.children.filter(({ type }) => type === "code")).toMatchObject([
    { value: text },
    { value: text, lang: "diff" },
  ]);
});
