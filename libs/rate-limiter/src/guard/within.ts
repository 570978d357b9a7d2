/** Work was not done in time. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
  readonly code = "deadline-exceeded";
}

/**
 * What `work` gives, if it does so within `ms`. An outcome that comes later is dropped, also a failure.
 * An answer that arrived in time but waits behind other work of this process is still taken.
 *
 * Throws what `work` throws, or {@link DeadlineError}.
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const giveUp = (): void => reject(new DeadlineError(`Not done within ${ms} ms.`));
    // Timers go before sockets: what has arrived by now is read before the second of these turns.
    timer = setTimeout(() => setImmediate(() => setImmediate(giveUp)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
