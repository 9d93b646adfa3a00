/** How long a run may keep the event loop to itself, in milliseconds. */
const longestTurn = 50;

/**
 * Lets the event loop turn now and then. A backend that computes at once answers its promises without ever giving
 * timers, signals and input a turn, so that Ctrl-C or a button would wait for the end of the run.
 *
 * @returns to be awaited between steps
 */
export function pauses(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < longestTurn) return;
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    last = performance.now();
  };
}
