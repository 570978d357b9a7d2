import type { Notice } from "@pr-review/key-lifecycle";
import { expect, it } from "vitest";

import { createLogger } from "../../src/log/logger.ts";
import { LogNotifier } from "../../src/notify/log.ts";

it("logs a warning for each key of a notice", async () => {
  const lines: string[] = [];
  const log = createLogger("info", { write: (line: string) => void lines.push(line) });
  const keys = [
    { key_id: "a", user_id: "zoë" },
    { key_id: "b", user_id: null },
  ];
  const notice: Notice = { kind: "keys-expiring", subject: "", text: "", data: { keys } };
  await new LogNotifier(log).notify(notice);
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { level: 40, kind: "keys-expiring", key_id: "a", user_id: "zoë" },
    { level: 40, kind: "keys-expiring", key_id: "b", user_id: null },
  ]);
});
