/** How long a computation may keep the event loop to itself, in milliseconds. */
const longestTurn = 50;

/**
 * Gives timers, signals and input a turn now and then, and throws the signal's reason once it is aborted.
 *
 * @returns whether they had a turn
 */
export function turns(signal: AbortSignal | undefined): () => Promise<boolean> {
  let last = performance.now();
  return async () => {
    const isDue = performance.now() - last >= longestTurn;
    if (isDue) {
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
      last = performance.now();
    }
    signal?.throwIfAborted();
    return isDue;
  };
}
