import { AuditLogError } from "./errors.ts";

/** A key that signs records, under the id by which they name it. */
export interface AuditKey {
  readonly id: string;
  /** 32 bytes or more, used for nothing else: derive it from the secret of the server. */
  readonly key: Uint8Array;
}

/** The keys of a log: the first one signs, all of them verify. */
export class SigningKeys {
  readonly current: AuditKey;
  readonly #byId: ReadonlyMap<string, Uint8Array>;

  /** Throws `invalid-keys` for no key, a key of fewer than 32 bytes, or two of one id. */
  constructor(keys: readonly AuditKey[]) {
    const [current] = keys;
    if (current === undefined) throw invalid("none was given");
    if (keys.some(({ key }) => key.length < 32)) throw invalid("one is shorter than 32 bytes");
    this.current = current;
    this.#byId = new Map(keys.map(({ id, key }) => [id, key]));
    if (this.#byId.size < keys.length) throw invalid("two have the same id");
  }

  find(id: string): Uint8Array | undefined {
    return this.#byId.get(id);
  }
}

function invalid(problem: string): AuditLogError {
  return new AuditLogError(
    "invalid-keys",
    `An audit log needs keys with ids of their own, of 32 bytes or more: ${problem}.`,
  );
}
