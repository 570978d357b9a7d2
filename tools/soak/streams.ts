import { once, setMaxListeners } from "node:events";
import { type IncomingMessage, request } from "node:http";

/** Streams that nobody says anything on. */
export interface IdleStreams {
  /** How many have ended, or could not be opened. */
  readonly dropped: () => number;
  /** Comments that came to keep them alive. */
  readonly comments: () => number;
  readonly close: () => void;
}

/** Opens a `GET /sse` with each of the keys, a few at a time, and resolves when all are open. */
export async function openStreams(url: string, keys: readonly string[]): Promise<IdleStreams> {
  const over = new AbortController();
  setMaxListeners(0, over.signal);
  let dropped = 0;
  let comments = 0;

  const open = async (key: string): Promise<void> => {
    const headers = { authorization: `Bearer ${key}` };
    const sent = request(`${url}/sse`, { agent: false, headers });
    const close = (): void => void sent.destroy();
    over.signal.addEventListener("abort", close);
    sent.end();
    try {
      const [response] = (await once(sent, "response")) as [IncomingMessage];
      response.on("data", (chunk: Buffer) => {
        if (chunk.toString().includes(": keep-alive")) comments += 1;
      });
      response.once("error", () => undefined).once("close", () => (dropped += 1));
      if (response.statusCode !== 200) sent.destroy();
    } catch {
      dropped += 1;
    }
  };

  const left = [...keys];
  const opener = async (): Promise<void> => {
    for (let key = left.pop(); key !== undefined; key = left.pop()) await open(key);
  };
  await Promise.all(Array.from({ length: 8 }, opener));
  return { dropped: () => dropped, comments: () => comments, close: () => over.abort() };
}
