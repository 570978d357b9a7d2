import { once } from "node:events";
import { type Agent, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";

/** A request to one server. */
export interface Sent {
  readonly method?: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly agent: Agent;
}

/** An answer that has come whole; times are those of `performance.now()`. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly sentAt: number;
  readonly answeredAt: number;
}

/** Sends a request and resolves when its answer is there to the last byte; else throws the system's error. */
export async function send(
  url: string,
  { method = "POST", path, headers, body, agent }: Sent,
): Promise<Answer> {
  const sentAt = performance.now();
  const sent = request(url + path, { agent, method, headers }).end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const whole = await text(response);
  return {
    status: response.statusCode ?? 0,
    body: whole,
    sentAt,
    answeredAt: performance.now(),
  };
}

/** The headers of a request with this credential and body. */
export function headersOf(credential: string, body: string): Record<string, string> {
  return {
    authorization: `Bearer ${credential}`,
    "content-type": "application/json",
    "content-length": `${Buffer.byteLength(body)}`,
  };
}
