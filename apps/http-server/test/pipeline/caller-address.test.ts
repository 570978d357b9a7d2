import { expect, it } from "vitest";

import { callerAddress } from "../../src/pipeline/caller-address.ts";
import { servedBy } from "./served-by.ts";

const forwarded = { "x-forwarded-for": "203.0.113.1, 203.0.113.2" };

it.each([
  [0, "127.0.0.1"],
  [1, "203.0.113.2"],
  [2, "203.0.113.1"],
  [3, "203.0.113.1"],
])(
  "behind %i proxies that are trusted believes the caller to be at %s",
  async (proxies, address) => {
    const addressOf = callerAddress(proxies);
    const ask = await servedBy((req, res) => void res.end(addressOf(req)));
    expect((await ask("/", { headers: forwarded })).body).toBe(address);
  },
);
