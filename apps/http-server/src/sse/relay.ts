/**
 * Carries messages to streams that other instances hold. Every method rejects with the `SseError`
 * `relay-unavailable` when the other instances are out of reach.
 */
export interface SseRelay {
  /** Tells the others of a stream here; `onMessage` gets the JSON text of every message for it. */
  open(sessionId: string, keyId: string, onMessage: (body: string) => void): Promise<RelayLine>;
  /** Sends JSON text to a stream of that key; false when no instance holds such a stream of that key. */
  publish(sessionId: string, keyId: string, body: string): Promise<boolean>;
  /** Lets go of what it listens to. Connections given to it stay open. */
  close(): Promise<void>;
}

/** What one stream holds of the relay. */
export interface RelayLine {
  /** Tells the others once more; without, they forget the stream after a while. */
  keepOpen(): Promise<void>;
  /** Makes the others forget the stream. */
  close(): Promise<void>;
}

const noLine: RelayLine = {
  keepOpen: async () => undefined,
  close: async () => undefined,
};

/** The relay of a server that runs alone: what is not here is nowhere. */
export const noRelay: SseRelay = {
  open: async () => noLine,
  publish: async () => false,
  close: async () => undefined,
};
