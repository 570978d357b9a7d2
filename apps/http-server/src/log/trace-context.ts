/** W3C Trace Context, section 3.2; later versions may append fields. */
const traceparent =
  /^(?<version>[\da-f]{2})-(?<trace>[\da-f]{32})-(?<parent>[\da-f]{16})-[\da-f]{2}(?<rest>-.*)?$/;
const nothing = /^0+$/;

/**
 * The trace a `traceparent` header belongs to, 32 hexadecimal digits; undefined when it is invalid, which
 * the specification says to treat as absent.
 */
export function traceIdIn(header: string | undefined): string | undefined {
  const { version, trace, parent, rest } = traceparent.exec(header ?? "")?.groups ?? {};
  if (version === undefined || trace === undefined || parent === undefined) return undefined;
  const isKnown = version !== "ff" && (version !== "00" || rest === undefined);
  return isKnown && !nothing.test(trace) && !nothing.test(parent) ? trace : undefined;
}
