import { expect, it } from "vitest";

import { MemoryAuditStorage } from "../src/index.ts";
import { event, logOn } from "./contract/fixtures.ts";

/** A storage in which somebody else begins the log right after it was found empty. */
class RivalledStorage extends MemoryAuditStorage {
  #hasRival = true;

  override async load() {
    const stored = await super.load();
    if (this.#hasRival) {
      this.#hasRival = false;
      await logOn(this).append(event);
    }
    return stored;
  }
}

it("goes on behind whoever began the log at the same moment", async () => {
  const log = logOn(new RivalledStorage());
  expect(await log.append(event)).toMatchObject({ seq: 2 });
  expect(await log.verify()).toMatchObject({ ok: true, records: 2 });
});
