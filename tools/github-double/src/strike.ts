import { type Answer, json, withHeaders } from "./answer.ts";
import type { Fault } from "./faults.ts";

type Errors = readonly unknown[];

/** What a fault may build on. Only `genuine` carries the request out. */
export interface Answers {
  /** The answer the request would have had. */
  readonly genuine: () => Answer;
  /** An empty answer under GitHub's usual headers. */
  readonly blank: () => Answer;
}

/** The answer a fault makes. Kinds that break off an answer are left to `deliver`. */
export function strike(fault: Fault, { genuine, blank }: Answers): Answer {
  switch (fault.kind) {
    case "status":
      return statusAnswer(fault.status, fault.body, fault.headers ?? {});
    case "graphql-error":
      return graphqlError(fault, fault.keepData === true ? genuine() : blank());
    case "html":
      return page("text/html; charset=utf-8", "<!DOCTYPE html><title>Unicorn!</title>");
    case "not-json":
      return page("application/json; charset=utf-8", '{"data": {"viewer": ');
    case "wrong-content-type":
      return withHeaders(genuine(), { "content-type": "text/plain; charset=utf-8" });
    case "huge":
      return json(200, { data: { padding: "a".repeat(fault.bytes) } });
    case "redirect":
      return withHeaders(statusAnswer(fault.status, undefined, {}), { location: fault.location });
    case "link":
      return withHeaders(genuine(), { link: `<${fault.next}>; rel="next"` });
    case "hang":
    case "hang-body":
    case "truncate":
    case "reset":
    case "latency":
      break;
  }
  return genuine();
}

function statusAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Answer {
  const fallback = {
    message: `Fault: ${status}`,
    documentation_url: "https://docs.github.com/rest",
  };
  const plain = json(status, body ?? fallback, headers);
  return typeof body === "string" ? { ...plain, body } : plain;
}

function page(type: string, body: string): Answer {
  return { status: 200, headers: { "content-type": type }, body };
}

function graphqlError(fault: Fault & { kind: "graphql-error" }, answer: Answer): Answer {
  const { type, message, path, extensions, keepData, headers } = fault;
  const given: unknown = keepData === true ? JSON.parse(answer.body) : {};
  const error = {
    type,
    ...(path === undefined ? {} : { path }),
    ...(extensions === undefined ? {} : { extensions }),
    message,
  };
  const data = memberOf(given, "data") ?? null;
  const errors = memberOf(given, "errors");
  const others: Errors = Array.isArray(errors) ? errors : [];
  const struck = json(200, { data, errors: [...others, error] });
  return withHeaders({ ...answer, status: 200, body: struck.body }, headers ?? {});
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
