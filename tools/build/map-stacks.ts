import { readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, resolve } from "node:path";

/** V8 gives a frame the text that stands behind `at`. */
interface Frame extends NodeJS.CallSite {
  toString(): string;
}

/**
 * Lets stack traces name the sources that the program at `path` was made of, by the map beside it: Node does
 * that only for what it loads by itself. The map is read when the first trace is asked for.
 */
export function mapStacks(path: string): void {
  let map: SourceMap | undefined;
  Error.prepareStackTrace = (error, frames: readonly Frame[]) => {
    map ??= readMap(path);
    const lines = frames.map((frame) => `\n    at ${textOf(frame, path, map)}`);
    return `${String(error)}${lines.join("")}`;
  };
}

function textOf(frame: Frame, path: string, map: SourceMap | undefined): string {
  const text = frame.toString();
  const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
  if (frame.getFileName() !== path || line === null || column === null) return text;
  const entry = map?.findEntry(line - 1, column - 1);
  if (entry === undefined || !("originalSource" in entry)) return text;
  const source = resolve(dirname(path), entry.originalSource);
  const place = `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  return text.replace(`${path}:${line}:${column}`, place);
}

/** Without a map there are the lines of the program; a trace must never fail. */
function readMap(path: string): SourceMap | undefined {
  try {
    const payload: unknown = JSON.parse(readFileSync(`${path}.map`, "utf8"));
    return isPayload(payload) ? new SourceMap(payload) : undefined;
  } catch {
    return undefined;
  }
}

function isPayload(value: unknown): value is SourceMapPayload {
  return typeof value === "object" && value !== null && "mappings" in value;
}
