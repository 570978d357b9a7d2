import type { ClientName } from "./packages.ts";

/** The revisions of the protocol that differ in how a client begins. */
export type Era = "2025-11-25" | "2026-07-28";

/** What a client got. */
export interface Taken {
  /** Names of the tools it listed. */
  readonly tools: readonly string[];
  /** The answer of `fetch_pr_review_comments`, as it was shown. */
  readonly answer: string;
}

/** What a walk goes over; made anew for each. */
export interface Ground {
  /** The http-server, without a path; what is sent there is overheard. */
  readonly url: string;
  readonly key: string;
  /** The stdio server, as a command without arguments; what it is sent is overheard. */
  readonly command: string;
  /** What the stdio server wants to be told. */
  readonly environment: Readonly<Record<string, string>>;
  /** An empty folder, the home of the client. */
  readonly home: string;
  /** The path of the program of a client. */
  readonly entryOf: (client: ClientName) => string;
  /** A Node for clients that need a newer one. */
  readonly node24: string;
}

/** One way for a client to reach our servers. */
export interface Walk {
  readonly client: ClientName;
  readonly transport: string;
  /** The revision it is known to call our server in; absent for a client that chooses itself. */
  readonly era?: string;
  /** What a client says that cannot go this way, through no fault of ours. */
  readonly limit?: RegExp;
  /** What a client shows of a refused key that does not show what the server said. */
  readonly hides?: RegExp;
  readonly usesKey: boolean;
  /** Lists the tools and fetches the comments. Throws {@link ClientFailure}. */
  readonly take: (ground: Ground) => Promise<Taken>;
}

/** A client did not get what it wanted. */
export class ClientFailure extends Error {
  readonly code = "client-failed";
  override readonly name = "ClientFailure";
  /** All that it showed. */
  readonly shown: string;

  constructor(reason: string, shown: string) {
    super(reason);
    this.shown = shown;
  }
}

/** The question every client asks. */
export const question = {
  name: "fetch_pr_review_comments",
  arguments: { pr_url: "https://github.com/acme/widgets/pull/7", output: "json" },
} as const;
