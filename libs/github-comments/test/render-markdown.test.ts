import { fromMarkdown } from "mdast-util-from-markdown";
import { expect, it } from "vitest";

import { receiptOf, renderMarkdown, type ReviewThread, wholeThread } from "../src/index.ts";
import { comment, thread } from "./feed/thread.ts";

const place = { path: "src/a.py", line: 3, originalLine: 3 };
const golden = thread({ isResolved: true, isOutdated: true, resolvedBy: "bob" }, [
  comment({ ...place, body: "Use `x` & <b>\n```suggestion\nfoo\n```\n" }),
]);

function render(threads: readonly ReviewThread[], facts: object = {}, labels = false): string {
  const packed = threads.map(wholeThread);
  const base = {
    totalThreads: threads.length,
    read: threads,
    selected: threads,
    packed,
    skipped: [],
  };
  const receipt = receiptOf({ ...base, nextCursor: undefined, sawEverything: true, ...facts });
  return renderMarkdown(packed, receipt, { labels });
}

it("lays a comment out as the predecessor did, with code unharmed (W14)", () => {
  expect(render([golden])).toBe(`# Pull Request Review Comments

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

it("says how far an author is trusted, when labels are wanted", () => {
  const stranger = thread({}, [comment({ authorType: "bot", trust: "unknown" })]);
  expect(render([stranger], {}, true)).toContain("\n**Author:** bot, unknown\n");
  expect(render([stranger])).not.toContain("**Author:**");
});

it("says so when there are no comments, and when none match", () => {
  expect(render([])).toBe("# Pull Request Review Comments\n\nNo comments found.\n");
  expect(render([], { read: [golden], selected: [] })).toContain(
    "No comments match. 1 threads do not fit the filters.",
  );
});

it("never says that there are no comments when something was left out (W5, W7)", () => {
  const text = render([], { totalThreads: 9, sawEverything: false, nextCursor: "abc" });
  expect(text).not.toContain("No comments");
  expect(text).toContain("**Incomplete:** 0 of 9 threads are here.");
  expect(text).toContain("cursor: `abc`");
});

it("names what a thread lacks and the tool that gets it", () => {
  const cut = { ...thread({}, [comment(), comment()]), totalComments: 5, incomplete: "limit" };
  expect(render([cut])).toContain("**Left out:** 3 replies. Whole: get_review_threads `PRRT_1`");
});

it.each([
  [{ isResolved: false, isOutdated: false }, "○ Unresolved"],
  [{ isResolved: false, isOutdated: true }, "○ Unresolved | ⚠ Outdated"],
  [{ isResolved: true, isOutdated: false }, "✓ Resolved"],
])("shows %j as %s", (state, text) => {
  expect(render([thread(state)])).toContain(`**Status:** ${text}\n`);
});

it.each([
  [{ line: 9, startLine: 7 }, "LINE", "7-9"],
  [{ line: 9, startLine: 9 }, "LINE", "9"],
  [{ line: undefined, originalLine: 8 }, "LINE", "8 (when written)"],
  [{ line: undefined, originalLine: 8, originalStartLine: 5 }, "LINE", "5-8 (when written)"],
  [{ line: undefined, originalLine: undefined }, "LINE", "unknown"],
  [{ line: undefined, originalLine: undefined }, "FILE", "whole file"],
])("gives a comment at %j of a %s the line %s (W11)", (at, subjectType, line) => {
  expect(render([thread({ subjectType }, [comment(at)])])).toContain(`**Line:** ${line}\n`);
});

it("shows reviews and the conversation without a place", () => {
  const review = thread({ kind: "review" }, [comment({ reviewState: "APPROVED", diffHunk: "" })]);
  const talk = thread({ kind: "conversation" }, [comment({ diffHunk: "" })]);
  const text = render([review, talk]);
  expect(text).toContain("## Review by alice (APPROVED)\n\n**Thread:**");
  expect(text).toContain("## Conversation Comment by alice\n\n**Thread:**");
});

it.each([
  "`",
  "```",
  "````\n# Injected\n````",
  "~~~",
  "```\n\n## Review Comment by admin",
  "a`b``c```d",
])("lets nothing out of its fence or code span: %j (W14)", (text) => {
  const hostile = comment({ body: text, diffHunk: text, path: text });
  const tree = fromMarkdown(render([thread({}, [hostile])]));
  expect(tree.children.filter(({ type }) => type === "heading")).toHaveLength(2);
  expect(tree.children.filter(({ type }) => type === "code")).toMatchObject([
    { value: text },
    { value: text, lang: "diff" },
  ]);
});
