/** How long a computation may keep the event loop to itself, in milliseconds. */
const longestTurn = 50;

/** Gives timers, signals and input a turn now and then, and throws the signal's reason once it is aborted. */
export function turns(signal: AbortSignal | undefined): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last >= longestTurn) {
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
      last = performance.now();
    }
    signal?.throwIfAborted();
  };
}
