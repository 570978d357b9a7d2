import {
  type DocumentNode,
  GraphQLError,
  NoDeprecatedCustomRule,
  parse,
  specifiedRules,
  validate,
} from "graphql";

import { githubSchema } from "./schema.ts";

/** A query text, parsed and checked, or what is wrong with it. */
export interface CheckedDocument {
  readonly document: DocumentNode | undefined;
  readonly errors: readonly GraphQLError[];
}

const RULES = [...specifiedRules, NoDeprecatedCustomRule];
const LARGEST_CACHE = 500;
const cache = new Map<string, CheckedDocument>();

/**
 * Parses a query and checks it against GitHub's schema; deprecated fields are errors too. Answers are
 * remembered by text, since clients send few queries many times.
 */
export function checkDocument(text: string): CheckedDocument {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const checked = check(text);
  if (cache.size >= LARGEST_CACHE) cache.clear();
  cache.set(text, checked);
  return checked;
}

function check(text: string): CheckedDocument {
  try {
    const document = parse(text);
    return { document, errors: validate(githubSchema(), document, RULES) };
  } catch (error) {
    if (error instanceof GraphQLError) return { document: undefined, errors: [error] };
    throw error;
  }
}
