const signals = ["SIGINT", "SIGTERM"] as const;

/** Environment.onInterrupt, for this process. */
export function onInterrupt(listener: () => void): () => void {
  const release = () => {
    for (const signal of signals) process.removeListener(signal, heard);
  };
  // Without a listener the signal ends the process, as the second one is to do.
  const heard = () => {
    release();
    listener();
  };

  for (const signal of signals) process.on(signal, heard);
  return release;
}
