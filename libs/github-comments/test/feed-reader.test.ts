import { expect, it } from "vitest";

import { FeedReader, type FeedReaderOptions, type FeedSource } from "../src/index.ts";
import { acme, everything, pullRequest } from "./acme.ts";

/** A reader that remembers where its answers came from. */
function watched(options: FeedReaderOptions = {}): {
  readonly feeds: FeedReader;
  readonly sources: FeedSource[];
} {
  const sources: FeedSource[] = [];
  const onRead = (source: FeedSource) => void sources.push(source);
  return { feeds: new FeedReader({ ...options, onRead }), sources };
}

it("tells an answer that was kept, one that was joined and one that GitHub gave", async () => {
  const { double, github } = await acme({ threads: 1 });
  const { feeds, sources } = watched();
  const once = () => feeds.read(github, pullRequest, everything);
  await Promise.all([once(), once(), once()]);
  const asked = double.requests.length;
  await once();
  expect(sources).toEqual(["github", "joined", "joined", "kept"]);
  expect(double.requests).toHaveLength(asked);
});

it("asks GitHub each time where nothing is to be kept", async () => {
  const { github } = await acme({ threads: 1 });
  const { feeds, sources } = watched({ ttlMs: 0 });
  await feeds.read(github, pullRequest, everything);
  await feeds.read(github, pullRequest, everything);
  expect(sources).toEqual(["github", "github"]);
});

it("tells of a read that fails, and of none that nobody wants any more", async () => {
  const { double, github } = await acme({ threads: 1 });
  const { feeds, sources } = watched();
  double.fail({ kind: "status", status: 401 });
  await expect(feeds.read(github, pullRequest, everything)).rejects.toMatchObject({
    code: "github-token-refused",
  });
  const signal = AbortSignal.abort();
  const unwanted = feeds.read(github, pullRequest, everything, { signal });
  await expect(unwanted).rejects.toMatchObject({ name: "AbortError" });
  expect(sources).toEqual(["github"]);
});
