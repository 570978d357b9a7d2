/** A condition on a label, such as `code=~"a|b"`. */
export interface Matcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

/** A metric that a query reads, and what it wants of its labels. */
export interface Selector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

/** What a query asks for by name. */
export interface Query {
  readonly selectors: readonly Selector[];
  /** Labels that it groups, joins or forgets by. */
  readonly labels: readonly string[];
}

const grouping = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g;
const range = /\[[^\]]*\]/g;
// Not a function, whose name an open bracket follows, and not the unit of a number.
const selector = /(?<![\w:.])([a-zA-Z_:][\w:]*)(?![\w:]|\s*\()(?:\s*\{([^}]*)\})?/g;
const matcher = /(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g;
const words = new Set(["and", "or", "unless", "offset", "bool", "by", "without", "on", "ignoring"]);

/**
 * Finds the names in a query of PromQL that promtool has accepted. It is no parser: queries with braces or
 * quotes within the text of a label, or with a selector that names no metric, are beyond it.
 */
export function readQuery(text: string): Query {
  const labels = [...text.matchAll(grouping)].flatMap(([, list = ""]) =>
    list.split(",").map((each) => each.trim()),
  );
  const rest = text.replaceAll(grouping, " ").replaceAll(range, " ");
  const selectors = [...rest.matchAll(selector)]
    .filter(([, metric = ""]) => !words.has(metric))
    .map(([, metric = "", inner = ""]) => ({ metric, matchers: matchersIn(inner) }));
  return { selectors, labels: labels.filter((each) => each !== "") };
}

function matchersIn(text: string): readonly Matcher[] {
  return [...text.matchAll(matcher)].map(([, label = "", operator = "", value = ""]) => ({
    label,
    operator,
    value,
  }));
}
