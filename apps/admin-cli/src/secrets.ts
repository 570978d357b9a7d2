import { isInteractive } from "./environment.ts";
import type { Environment, Input } from "./environment.ts";
import { CliError } from "./errors.ts";
import { askSecret } from "./prompts.ts";
import { readTextFile } from "./text-file.ts";

/** Where a secret comes from; never the command line, which other users of a machine can read. */
export type SecretSource =
  | { readonly from: "value"; readonly value: string }
  | { readonly from: "file"; readonly path: string }
  /** Piped in; typed, masked, when standard input is a terminal. */
  | { readonly from: "stdin" }
  /** Typed, masked, and only ever on a terminal. */
  | { readonly from: "prompt" };

/** A secret to read, with its name and the advice that follows when there is none. */
export interface SecretRequest {
  readonly name: string;
  readonly source: SecretSource;
  readonly advice: string;
}

// A token has some hundred characters; a longer text is another file given by mistake.
const maxLength = 4096;

/** Reads secrets: standard input for one of them at most. */
export class SecretReader {
  readonly #environment: Environment;
  /** Which secret standard input was read for. */
  #piped: string | undefined;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /**
   * The secret: one word of at most 4096 visible ASCII characters, freed of white space around it.
   * @throws CliError "invalid-secret" for anything else, "missing-secret" when there is no way to
   * ask, "unreadable-file", "usage" when standard input is wanted twice, "cancelled".
   */
  async read(request: SecretRequest): Promise<string> {
    const secret = (await this.#text(request)).trim();
    if (secret === "") {
      throw new CliError("invalid-secret", `The ${request.name} is empty. ${request.advice}`);
    }
    if (secret.length <= maxLength && /^[\u0021-\u007E]+$/.test(secret)) return secret;
    throw new CliError(
      "invalid-secret",
      `The ${request.name} is not one word of at most ${maxLength} visible characters. ${request.advice}`,
    );
  }

  async #text({ name, source, advice }: SecretRequest): Promise<string> {
    if (source.from === "value") return source.value;
    if (source.from === "file") return readSecretFile(name, source.path);
    if (isInteractive(this.#environment)) return askSecret(this.#environment, `The ${name}`);
    if (source.from === "stdin" && this.#environment.stdin.isTTY !== true) return this.#pipe(name);
    throw new CliError("missing-secret", `There is no ${name}. ${advice}`);
  }

  #pipe(name: string): Promise<string> {
    if (this.#piped !== undefined) {
      throw new CliError(
        "usage",
        `Standard input already gives the ${this.#piped}. Give the ${name} in a file.`,
      );
    }
    this.#piped = name;
    return readAll(this.#environment.stdin);
  }
}

function readSecretFile(name: string, path: string): string {
  const text = readTextFile(path);
  if (text !== undefined) return text;
  throw new CliError("unreadable-file", `There is no file ${path} to read the ${name} from.`);
}

/** Stops soon after the longest secret, as a pipe may never end. */
async function readAll(input: Input): Promise<string> {
  let text = "";
  for await (const chunk of input.setEncoding("utf8")) {
    text += String(chunk);
    if (text.length > 2 * maxLength) break;
  }
  return text;
}
