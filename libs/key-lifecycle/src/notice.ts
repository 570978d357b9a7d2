/** What is told about one key: names and texts that may stand in a log. */
export type KeyFacts = Readonly<Record<string, string | null>>;

/** Something the people who run the server should know. */
export interface Notice {
  /** A word that never changes, for programs. */
  readonly kind: "keys-expiring" | "keys-disabled-idle";
  /** One line, with no text of a user in it. */
  readonly subject: string;
  /** The whole, for people. */
  readonly text: string;
  /** The whole, for programs. */
  readonly data: { readonly keys: readonly KeyFacts[] };
}

/** One way to reach people. */
export interface Notifier {
  /** Tells this channel from others, also after a restart. */
  readonly name: string;
  /**
   * Resolves when the notice is handed over; an abort gives up. Rejects when it is not,
   * or nobody can tell; of the error no more is told than its `code`.
   */
  notify(notice: Notice, signal?: AbortSignal): Promise<void>;
}
