/** What a process is told to end with. */
export type StopSignal = "SIGINT" | "SIGTERM";

const signals: readonly StopSignal[] = ["SIGINT", "SIGTERM"];

/**
 * Calls `stop` at the first signal; a second one ends the process as if nobody listened. The function
 * returned undoes that.
 *
 * The listeners stay after the first: libraries that clean up when a signal ends the process, such as the one
 * that locks the data folder, would see none beside their own, and end it.
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
