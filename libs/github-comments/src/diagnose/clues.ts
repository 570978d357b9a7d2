import type { Headers } from "../connection/retry-after.ts";
import type { GraphQLComplaint, Refusal } from "./refusal.ts";

/** When and where a refusal came about. */
export interface Scene {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The web host of the GitHub server; without it, no address is believed. */
  readonly host: string | undefined;
}

/** Everything a rule may look at, whichever API refused. */
export interface Clues extends Scene {
  /** Status of a REST answer, `type` of a GraphQL error; empty where GitHub names none. */
  readonly answer: number | string;
  /** GitHub's own words on one line: read for what they mean, never passed on. */
  readonly words: string;
  /** First step of a GraphQL error's path: the field or mutation that was refused. */
  readonly operation: string | undefined;
  readonly lacksSignOn: boolean;
  readonly headers: Headers;
}

const longestWords = 2_000;

/** The clues of a refusal: one set for REST, one for each GraphQL error. */
export function cluesOf(refusal: Refusal, scene: Scene): readonly Clues[] {
  const { headers } = refusal;
  if (refusal.kind === "graphql") {
    return refusal.errors.map((error) => ({ ...scene, headers, ...read(error) }));
  }
  const { status, message } = refusal;
  const rest = { answer: status, words: oneLine(message), operation: undefined };
  return [{ ...scene, headers, ...rest, lacksSignOn: false }];
}

function read({ type = "", message, path = [], extensions }: GraphQLComplaint) {
  const [first] = path;
  return {
    answer: type,
    words: oneLine(message),
    operation: first === undefined ? undefined : String(first),
    lacksSignOn: extensions?.["saml_failure"] === true,
  };
}

function oneLine(text: string): string {
  return text.slice(0, longestWords).replaceAll(/\s+/g, " ");
}
