import { isDeepStrictEqual } from "node:util";

// The entry of the package is in a form that bundlers cannot follow; this is the same as a module.
import {
  findNodeAtLocation,
  getNodeValue,
  parse,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser/lib/esm/main.js";
import type { Node, ParseError } from "jsonc-parser/lib/esm/main.js";
import { z } from "zod";

import type { Change, Value } from "./client.ts";

type Path = readonly (string | number)[];

const objectSchema = z.looseObject({});
const listSchema = z.array(z.unknown());
const memberSchema = z.looseObject({ id: z.string() });
const options = { allowTrailingComma: true };

/**
 * A JSON text with the changes made and all else as it was, comments and layout included; the empty
 * text counts as {}.
 * @throws Error that says what is wrong with the text, and where.
 */
export function mergeJson(text: string, changes: readonly Change[]): string {
  const start = text.trim() === "" ? "{}\n" : text;
  return changes.reduce((merged, change) => {
    const held = heldAt(read(merged), change.path);
    if ("value" in change) return set(merged, change.path, change.value);
    const { path, member } = change;
    return set(merged, ...memberPlace(held, path, member));
  }, start);
}

function read(text: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, options);
  const [error] = errors;
  if (error === undefined) return value;
  const line = text.slice(0, error.offset).split("\n").length;
  throw new Error(`line ${line} is no JSON (${printParseErrorCode(error.error)})`);
}

/** What is at a path now; everything on the way there has to be an object. */
function heldAt(root: unknown, path: readonly string[]): unknown {
  let value = root;
  for (const [index, name] of path.entries()) {
    const object = objectSchema.safeParse(value ?? {});
    if (!object.success) {
      throw new Error(`${path.slice(0, index).join(".") || "the whole"} is no JSON object`);
    }
    value = Object.hasOwn(object.data, name) ? object.data[name] : undefined;
  }
  return value;
}

/** Where a member of a list goes: to its place if it is there, else to the front; or with the list. */
function memberPlace(
  list: unknown,
  path: readonly string[],
  member: { readonly id: string; readonly [name: string]: Value },
): [Path, Value] {
  if (list === undefined) return [path, [member]];
  const parsed = listSchema.safeParse(list);
  if (!parsed.success) throw new Error(`${path.join(".")} is no list`);
  const index = parsed.data.findIndex(
    (entry) => memberSchema.safeParse(entry).data?.id === member.id,
  );
  return [[...path, index], member];
}

function set(text: string, path: Path, value: Value): string {
  const root = parseTree(text, [], options);
  const node = root && findNodeAtLocation(root, [...path]);
  if (node === undefined) return insert(text, root, path, value);
  if (isDeepStrictEqual(getNodeValue(node), value)) return text;
  return splice(text, node.offset, node.length, render(text, value, path.length));
}

/** Puts a value first in what there is of its path: so all that is there stays as it is. */
function insert(text: string, root: Node | undefined, path: Path, value: Value): string {
  const name = path.at(-1) ?? "";
  const parentPath = path.slice(0, -1);
  const parent = root && findNodeAtLocation(root, [...parentPath]);
  if (parent === undefined && path.length > 1) {
    return insert(text, root, parentPath, { [String(name)]: value });
  }
  const { offset = 0, length = 2, children = [] } = parent ?? {};
  const { eol, indent } = layout(text);
  const label = typeof name === "number" ? "" : `${JSON.stringify(name)}: `;
  const item = `${eol}${indent.repeat(path.length)}${label}${render(text, value, path.length)}`;
  if (children.length > 0) return splice(text, offset + 1, 0, `${item},`);
  const inside = text.slice(offset + 1, offset + length - 1);
  const close = `${eol}${indent.repeat(path.length - 1)}`;
  return splice(text, offset + 1, inside.trim() === "" ? inside.length : 0, item + close);
}

function splice(text: string, offset: number, length: number, by: string): string {
  return text.slice(0, offset) + by + text.slice(offset + length);
}

function render(text: string, value: Value, depth: number): string {
  const { eol, indent } = layout(text);
  return JSON.stringify(value, null, indent).replaceAll("\n", `${eol}${indent.repeat(depth)}`);
}

/** The layout of a text, so that what is added looks like what is there. */
function layout(text: string): { readonly eol: string; readonly indent: string } {
  const indent = /^([ \t]+)["}\]]/m.exec(text)?.[1] ?? "  ";
  return { eol: text.includes("\r\n") ? "\r\n" : "\n", indent };
}
