import { standardError } from "./http-failure.ts";

type Fetch = typeof globalThis.fetch;

const withoutBody = new Set([204, 205, 304]);

/**
 * A fetch whose answers have their whole body read, up to `maxBytes`. Octokit takes a body that breaks
 * off for an empty one; here it is an error, and so is one that is too large.
 */
export function readWholeBody(fetch: Fetch, maxBytes: number): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const { status, headers, body } = response;
    if (body === null || withoutBody.has(status)) return response;
    const whole = await new Response(body.pipeThrough(limitTo(maxBytes))).arrayBuffer();
    return new Response(whole, { status, headers });
  };
}

function limitTo(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw standardError("bad-github-response");
      controller.enqueue(chunk);
    },
  });
}
