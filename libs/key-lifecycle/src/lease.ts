/** Decides which of several instances acts. */
export interface Lease {
  /** Whether it is this instance's turn; throws `LifecycleError` (`lease-unavailable`). */
  take(): Promise<boolean>;
}

/** The lease of an instance alone. */
export const localLease: Lease = { take: async () => true };
