/** What a process is told to end with. */
export type StopSignal = "SIGINT" | "SIGTERM";

const signals: readonly StopSignal[] = ["SIGINT", "SIGTERM"];

/**
 * Calls `stop` at the first signal; a second one ends the process as if nobody listened. The function
 * returned undoes that.
 *
 * The listeners stay after the first: write-file-atomic, which removes a file half written when a signal
 * ends the process, would see none beside its own, and end it.
 */
export function onStopSignal(stop: (signal: StopSignal) => void): () => void {
  let isStopping = false;
  const listeners = signals.map((signal) => ({
    signal,
    listener: () => {
      if (isStopping) {
        undo();
        process.kill(process.pid, signal);
        return;
      }
      isStopping = true;
      stop(signal);
    },
  }));
  const undo = (): void => {
    for (const { signal, listener } of listeners) process.off(signal, listener);
  };
  for (const { signal, listener } of listeners) process.on(signal, listener);
  return undo;
}
