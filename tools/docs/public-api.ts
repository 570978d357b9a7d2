import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { type Library } from "./library.ts";
import { workspace } from "./workspace.ts";

/** Something a library offers: an export, or a method of one. */
export interface ApiItem {
  /** `TokenStore`, or `TokenStore.find`. */
  readonly name: string;
  readonly isDocumented: boolean;
}

const clause = /^export (?:type )?\{([^}]*)\} from "([^"]+)";/gm;
/** As the compiler writes them: what is declared stands at the start of a line, a member four spaces in. */
const declared =
  /^export (?:declare )?(?:abstract )?(class|interface|type|const|function) (\w+)(?:.* implements ([\w, ]+))?/;
const method = /^ {4}(?:static )?(?!constructor\b|private )(\w+)(?:<.*>)?\(/;

/**
 * What every entry of a built library exports, and the methods of its classes and interfaces, by the
 * declarations that it ships. A method is documented where it stands or in an interface that its class
 * implements; a constructor by its class.
 */
export async function publicApi({ exports, folder }: Library): Promise<readonly ApiItem[]> {
  const entries = Object.values(exports).flatMap((entry) =>
    typeof entry === "string" ? [] : (entry["types"] ?? []),
  );
  const found = await Promise.all(
    entries.map((path) => declarationsIn(join(workspace, folder, path), () => true)),
  );
  // What two entries export is one thing.
  const declarations = new Map(found.flat().map((each) => [each.name, each]));
  return [...declarations.values()].flatMap((each) => itemsOf(each, declarations));
}

/** An export, as the compiler declares it. */
interface Declaration {
  readonly name: string;
  readonly isDocumented: boolean;
  /** The interfaces that it says it implements. */
  readonly promises: readonly string[];
  /** Its methods, and whether each is documented there. */
  readonly methods: ReadonlyMap<string, boolean>;
}

function itemsOf(
  { name, isDocumented, promises, methods }: Declaration,
  all: ReadonlyMap<string, Declaration>,
): readonly ApiItem[] {
  const inherits = (own: string) =>
    promises.some((each) => all.get(each)?.methods.get(own) === true);
  const items = Array.from(methods, ([own, isTold]) => ({
    name: `${name}.${own}`,
    isDocumented: isTold || inherits(own),
  }));
  return [{ name, isDocumented }, ...items];
}

async function declarationsIn(
  file: string,
  isWanted: (name: string) => boolean,
): Promise<readonly Declaration[]> {
  const text = await readFile(file, "utf8");
  const elsewhere = await Promise.all(
    [...text.matchAll(clause)].map(async ([, names = "", from = ""]) => {
      const wanted = new Set(namesIn(names).filter(isWanted));
      const source = join(dirname(file), from.replace(/\.ts$/, ".d.ts"));
      return wanted.size === 0 ? [] : declarationsIn(source, (name) => wanted.has(name));
    }),
  );
  const here = blocksOf(text.split("\n")).flatMap(declarationOf);
  return [...elsewhere.flat(), ...here.filter(({ name }) => isWanted(name))];
}

function namesIn(list: string): readonly string[] {
  const parts = list.split(",").map((part) => part.trim().replace(/^type /, ""));
  return parts.filter((part) => part !== "");
}

/** The lines of each declaration, the last line before it in front. */
function blocksOf(lines: readonly string[]): readonly (readonly string[])[] {
  const starts = lines.flatMap((line, at) => (declared.test(line) ? [at] : []));
  return starts.map((start, index) => lines.slice(Math.max(0, start - 1), starts[index + 1]));
}

function declarationOf([before = "", ...lines]: readonly string[]): readonly Declaration[] {
  const [, kind, name, promises = ""] = declared.exec(lines[0] ?? "") ?? [];
  if (kind === undefined || name === undefined) return [];
  const hasMethods = kind === "class" || kind === "interface";
  return [
    {
      name,
      isDocumented: before.endsWith("*/"),
      promises: namesIn(promises),
      methods: hasMethods ? methodsIn(lines) : new Map(),
    },
  ];
}

function methodsIn(lines: readonly string[]): ReadonlyMap<string, boolean> {
  const methods = new Map<string, boolean>();
  for (const [at, line] of lines.entries()) {
    const name = method.exec(line)?.[1];
    // Of overloads one speaks for all.
    if (name !== undefined) {
      methods.set(name, lines[at - 1]?.endsWith("*/") === true || methods.get(name) === true);
    }
  }
  return methods;
}
