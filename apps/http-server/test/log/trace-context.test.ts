import { expect, it } from "vitest";

import { traceIdIn } from "../../src/log/trace-context.ts";

const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
const parent = "00f067aa0ba902b7";

it.each([
  ["a sampled trace", `00-${trace}-${parent}-01`],
  ["flags that are not known yet", `00-${trace}-${parent}-ff`],
  ["a later version", `01-${trace}-${parent}-00`],
  ["a later version with more to it", `cc-${trace}-${parent}-00-what-comes-next`],
])("finds the trace in %s", (_, header) => {
  expect(traceIdIn(header)).toBe(trace);
});

it.each([
  ["no header", undefined],
  ["an empty header", ""],
  ["a trace of zeros", `00-${"0".repeat(32)}-${parent}-01`],
  ["a parent of zeros", `00-${trace}-${"0".repeat(16)}-01`],
  ["the forbidden version", `ff-${trace}-${parent}-01`],
  ["capitals", `00-${trace.toUpperCase()}-${parent}-01`],
  ["a short trace", `00-${trace.slice(1)}-${parent}-01`],
  ["no flags", `00-${trace}-${parent}`],
  ["more than version 00 has", `00-${trace}-${parent}-01-more`],
  ["a later version that runs on", `01-${trace}-${parent}-01more`],
  ["two headers in one", `00-${trace}-${parent}-01, 00-${trace}-${parent}-01`],
])("finds nothing in %s", (_, header) => {
  expect(traceIdIn(header)).toBeUndefined();
});
