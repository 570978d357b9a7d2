/** A request as it goes over the wire. */
export interface Shot {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** A JSON-RPC request that is posted to the stream that is the answer; its answer comes in the stream. */
  readonly message?: string | undefined;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  /** Status line, headers and body; of a stream, its events and the answer to the message posted to it. */
  readonly text: string;
}

/** Sends a request from an address, unless it names one itself. */
export async function send(url: string, shot: Shot, address: string): Promise<Answer> {
  const { method, path, body, message } = shot;
  const headers = { "x-forwarded-for": address, ...shot.headers };
  const left = new AbortController();
  const response = await fetch(url + path, {
    method,
    headers,
    body: body ?? null,
    signal: left.signal,
  });
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  if (path !== "/sse" || !isStream) return { status: response.status, text: await whole(response) };

  const heard = listen(response);
  const endpoint = await heard.until(/^event: endpoint\ndata: (.+)$/m);
  let said = "";
  if (endpoint !== undefined && message !== undefined) {
    const post = { method: "POST", headers, body: message };
    const posted = await fetch(url + endpoint, post);
    said = await whole(posted);
    if (posted.status === 202) await heard.until(/^event: message\ndata: (.+)$/m);
  }
  left.abort();
  return { status: response.status, text: [head(response), heard.text(), said].join("\n") };
}

async function whole(response: Response): Promise<string> {
  return `${head(response)}\n${await response.text()}`;
}

function head({ status, statusText, headers }: Response): string {
  const shown = [...headers].map(([name, value]) => `${name}: ${value}`);
  return [`${status} ${statusText}`, ...shown].join("\n");
}

/** Reads a stream until it holds what is looked for: the first group of that, or nothing when it ends before. */
function listen(response: Response): {
  readonly text: () => string;
  readonly until: (pattern: RegExp) => Promise<string | undefined>;
} {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const until = async (pattern: RegExp): Promise<string | undefined> => {
    for (;;) {
      const found = pattern.exec(text)?.[1];
      if (found !== undefined || reader === undefined) return found;
      const { done, value } = await reader.read();
      if (done) return undefined;
      text += value;
    }
  };
  return { text: () => text, until };
}
