/** What was done to a key, or told of it, by nobody but the lifecycle: for an audit log. */
export interface LifecycleEvent {
  readonly actor: "system";
  readonly action: "token.disabled-idle" | "token.expiry-warned";
  readonly keyId: string;
  readonly outcome: "ok";
  readonly details: Readonly<Record<string, string | number | null>>;
}

/** Takes an event; a rejection means that it is not recorded. */
export type OnEvent = (event: LifecycleEvent) => Promise<unknown>;
