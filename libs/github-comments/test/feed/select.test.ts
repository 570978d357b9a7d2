import { expect, it } from "vitest";

import { type Selection, selectThreads } from "../../src/index.ts";
import { comment, thread } from "./thread.ts";

const threads = [
  thread({ id: "open" }),
  thread({ id: "done", isResolved: true }, [comment({ author: "bob", authorType: "bot" })]),
  thread({ id: "old", isOutdated: true, path: "docs/read.md" }, [
    comment({ updatedAt: "2026-01-01T00:00:00Z", createdAt: "2026-01-01T00:00:00Z" }),
    comment({ author: "Carol", updatedAt: "2026-01-02T00:00:00Z" }),
  ]),
  thread({ id: "talk", kind: "conversation", path: "unknown" }, [comment({ databaseId: "77" })]),
];

const ids = (changes: Partial<Selection>) =>
  selectThreads(threads, { status: "all", includeOutdated: true, ...changes }).map(({ id }) => id);

it.each<[Partial<Selection>, string[]]>([
  [{}, ["open", "done", "old", "talk"]],
  [{ status: "unresolved" }, ["open", "old", "talk"]],
  [{ status: "resolved" }, ["done"]],
  [{ includeOutdated: false }, ["open", "done", "talk"]],
  [{ paths: ["src/**"] }, ["open", "done"]],
  [{ paths: ["**/*.md", "nothing"] }, ["old"]],
  [{ paths: ["*"] }, []],
  [{ authors: ["carol"] }, ["old"]],
  [{ authors: ["@BOB[bot]"] }, ["done"]],
  [{ authorType: "bot" }, ["done"]],
  [{ authorType: "human" }, ["open", "old", "talk"]],
  [{ since: Date.parse("2026-01-02T00:00:00Z") }, ["open", "done", "old", "talk"]],
  [{ since: Date.parse("2026-01-02T00:00:01Z") }, ["open", "done", "talk"]],
  [{ databaseId: "77" }, ["talk"]],
  [{ status: "unresolved", paths: ["docs/**"], authors: ["alice"] }, ["old"]],
])("selects by %j", (selection, expected) => {
  expect(ids(selection)).toEqual(expected);
});
