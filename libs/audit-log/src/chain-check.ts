import { type AuditRecord, parseRecord } from "./audit-record.ts";
import { emptyHead, type Head } from "./head.ts";
import { openLine } from "./signed-line.ts";
import type { SigningKeys } from "./signing-keys.ts";
import type { AuditProblem, AuditProblemKind } from "./verdict.ts";

/** A record in the place of another, which may still turn up. */
interface Misplaced {
  readonly seq: number;
  readonly isAgain: boolean;
  readonly isOwnerLater: boolean;
}

/** Follows a chain line by line, and holds no more of it than the last record. */
export class ChainCheck {
  readonly #keys: SigningKeys;
  readonly #head: Head | undefined;
  #records = 0;
  #from = 0;
  #last: AuditRecord | undefined;
  #misplaced: Misplaced | undefined;
  #problem: AuditProblem | undefined;

  /** Without a head, a chain may begin and end anywhere. */
  constructor(keys: SigningKeys, head: Head | undefined) {
    this.#keys = keys;
    this.#head = head;
  }

  /** Whether no further line can change what was found. */
  get isSettled(): boolean {
    return this.#problem !== undefined;
  }

  get records(): number {
    return this.#records;
  }

  /** The seq of the first record, 0 when there is none. */
  get from(): number {
    return this.#from;
  }

  get last(): AuditRecord | undefined {
    return this.#last;
  }

  /** Looks at the next line. */
  take(line: string): void {
    const opened = openLine("record", line, this.#keys);
    const record = opened.kind === "signed" ? parseRecord(line) : undefined;
    if (this.#misplaced !== undefined) this.#look(this.#misplaced, record);
    else if (record !== undefined) this.#follow(record);
    else this.#found(opened.kind === "unknown-key" ? "unknown-key" : "altered", this.#expected());
  }

  /** The first problem, once every line was looked at. */
  finish(): AuditProblem | undefined {
    if (this.#problem === undefined && this.#misplaced !== undefined) this.#judge(this.#misplaced);
    const end = this.#last?.seq ?? 0;
    const isCut = this.#head !== undefined && end < this.#head.seq;
    if (this.#problem === undefined && isCut) this.#found("missing", this.#expected());
    return this.#problem;
  }

  #expected(): number {
    return this.#last === undefined ? (this.#head?.first ?? 1) : this.#last.seq + 1;
  }

  #follow(record: AuditRecord): void {
    if (!this.#isInPlace(record)) {
      this.#leavePlace(record);
      return;
    }
    if (!this.#isOfThisChain(record)) {
      this.#found("foreign", record.seq);
      return;
    }
    if (this.#last === undefined) this.#from = record.seq;
    this.#last = record;
    this.#records += 1;
  }

  #isInPlace({ seq }: AuditRecord): boolean {
    if (seq === this.#expected()) return true;
    if (this.#head === undefined) return this.#last === undefined;
    // Of what was let go, a part may still be there: a crash came in between, or it goes right now.
    return seq > (this.#last?.seq ?? 0) && seq <= this.#head.first;
  }

  #isOfThisChain({ seq, hash, previous }: AuditRecord): boolean {
    if (seq === this.#head?.seq && hash !== this.#head.last) return false;
    if (seq === 1) return previous === emptyHead.last;
    return this.#last?.seq !== seq - 1 || previous === this.#last.hash;
  }

  #leavePlace({ seq }: AuditRecord): void {
    if (seq < this.#expected()) this.#found("duplicated", seq);
    else this.#misplaced = { seq, isAgain: false, isOwnerLater: false };
  }

  /** Whether the owner of the place comes later, and the one that took it is there twice. */
  #look(misplaced: Misplaced, record: AuditRecord | undefined): void {
    this.#misplaced = {
      seq: misplaced.seq,
      isAgain: misplaced.isAgain || record?.seq === misplaced.seq,
      isOwnerLater: misplaced.isOwnerLater || record?.seq === this.#expected(),
    };
  }

  #judge({ seq, isAgain, isOwnerLater }: Misplaced): void {
    if (!isOwnerLater) this.#found("missing", this.#expected());
    else if (isAgain) this.#found("duplicated", seq);
    else this.#found("reordered", this.#expected());
  }

  #found(kind: AuditProblemKind, seq: number): void {
    this.#problem = { ok: false, kind, seq };
  }
}
