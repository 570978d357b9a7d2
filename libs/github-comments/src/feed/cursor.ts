import { createHmac, timingSafeEqual } from "node:crypto";

import { z } from "zod";

import { GitHubError } from "../errors.ts";
import type { FeedPosition } from "../read/feed.ts";
import type { Turn } from "./priority.ts";
import { position, type ReadWindow, readWindow } from "./window.ts";

/** Where an answer goes on. */
export interface Continuation {
  /** Where in GitHub's lists the read began; from the start without it. */
  readonly from: FeedPosition | undefined;
  /** The last thread that had its turn; all of them are still to come without it. */
  readonly after: Turn | undefined;
  /** The newest activity when paging began: what is newer is told again, so that nothing is missed. */
  readonly asOf: number;
  /** How far that read went, if it did not go to the end. */
  readonly window: ReadWindow | undefined;
}

/** Makes continuations into opaque text that only the same call can use, and only for a while. */
export interface CursorCodec {
  /** `call` names everything the cursor belongs to: the caller, the pull request, the arguments. */
  encode(continuation: Continuation, call: readonly unknown[]): string;
  /** Throws `invalid-cursor` when it is forged, expired, or of another call. */
  decode(cursor: string, call: readonly unknown[]): Continuation;
}

const sealed = z.object({
  from: position.optional(),
  after: z.object({ resolved: z.boolean(), activity: z.number(), id: z.string() }).optional(),
  asOf: z.number(),
  window: readWindow.optional(),
  expires: z.number(),
});

const ttlMs = 15 * 60_000;
const macBytes = 16;

/** What a codec can be told beside its secret. */
export interface CursorCodecOptions {
  /** Secrets of before, whose cursors are still taken. */
  readonly formerSecrets?: readonly Uint8Array[];
  readonly now?: () => number;
}

/** A codec whose cursors are signed with `secret` (HMAC-SHA-256) and good for 15 minutes. */
export function createCursorCodec(
  secret: Uint8Array,
  { formerSecrets = [], now = Date.now }: CursorCodecOptions = {},
): CursorCodec {
  const sign = (payload: Buffer, call: readonly unknown[], key = secret) =>
    createHmac("sha256", key)
      .update(JSON.stringify(call))
      .update("\n")
      .update(payload)
      .digest()
      .subarray(0, macBytes);

  return {
    encode(continuation, call) {
      const payload = Buffer.from(JSON.stringify({ ...continuation, expires: now() + ttlMs }));
      return Buffer.concat([sign(payload, call), payload]).toString("base64url");
    },
    decode(cursor, call) {
      const bytes = Buffer.from(cursor, "base64url");
      const payload = bytes.subarray(macBytes);
      const mac = bytes.subarray(0, macBytes);
      if (mac.length < macBytes) throw invalid();
      const isOurs = [secret, ...formerSecrets].some((key) =>
        timingSafeEqual(mac, sign(payload, call, key)),
      );
      if (!isOurs) throw invalid();
      const { expires, from, after, asOf, window } = sealed.parse(JSON.parse(payload.toString()));
      if (expires < now()) throw invalid();
      return { from, after, asOf, window };
    },
  };
}

function invalid(): GitHubError {
  return new GitHubError(
    "invalid-cursor",
    "The cursor has expired or belongs to another call. Call again with the same arguments and no cursor.",
  );
}
