import { TokenStoreError } from "./errors.ts";
import { parseSecretKey } from "./secret-key.ts";

/** One root secret under the id by which sealed text names it. */
export interface SecretKey {
  /** 1 to 16 characters of a-z, 0-9 and `-`. */
  readonly id: string;
  /** 32 bytes or more, as `parseSecretKey` returns them. */
  readonly root: Uint8Array;
}

const idShape = /^[a-z0-9-]{1,16}$/;

/** The root secrets of a server: the first one encrypts, all of them decrypt. */
export class Keyring {
  readonly keys: readonly SecretKey[];
  readonly current: SecretKey;

  /**
   * Throws `TokenStoreError` `invalid-keyring` for no key, a bad id, or two keys of one id or one secret,
   * and `weak-secret-key` for a secret of fewer than 32 bytes. Keys are named by position, never by value.
   */
  constructor(keys: readonly SecretKey[]) {
    const [current] = keys;
    if (current === undefined) throw invalid("MCP_SECRET_KEYS names no key.");
    keys.forEach((key, index) => {
      check(key, index + 1, keys.slice(0, index));
    });
    this.keys = [...keys];
    this.current = current;
  }

  /** The keyring of a single `MCP_SECRET_KEY`: its id is `k1`. */
  static of(root: Uint8Array): Keyring {
    return new Keyring([{ id: "k1", root }]);
  }
}

/**
 * Reads `MCP_SECRET_KEYS`: `k2:<base64>,k1:<base64>`, the one that encrypts first.
 * Throws what `Keyring` and `parseSecretKey` throw; no message repeats any of the text.
 */
export function parseSecretKeys(text: string): Keyring {
  return new Keyring(text.split(",").map((entry, index) => parseEntry(entry.trim(), index + 1)));
}

function parseEntry(entry: string, position: number): SecretKey {
  const colon = entry.indexOf(":");
  if (colon === -1) throw invalid(`Key ${position} of MCP_SECRET_KEYS has no id.`);
  const root = parseSecretKey(entry.slice(colon + 1), `Key ${position} of MCP_SECRET_KEYS`);
  return { id: entry.slice(0, colon), root };
}

function check({ id, root }: SecretKey, position: number, before: readonly SecretKey[]): void {
  const name = `Key ${position} of MCP_SECRET_KEYS`;
  if (!idShape.test(id)) throw invalid(`${name} has an id that is not 1-16 of a-z, 0-9 and "-".`);
  if (root.length < 32) {
    throw new TokenStoreError(
      "weak-secret-key",
      `${name} is shorter than 32 bytes. Make one with: openssl rand -base64 32`,
    );
  }
  if (before.some((key) => key.id === id)) throw invalid(`${name} has the id of a key before it.`);
  if (before.some((key) => Buffer.compare(key.root, root) === 0)) {
    throw invalid(`${name} is the same secret as a key before it.`);
  }
}

function invalid(problem: string): TokenStoreError {
  return new TokenStoreError(
    "invalid-keyring",
    `${problem} Write <id>:<base64 of 32 random bytes>, separated by commas, the newest first.`,
  );
}
