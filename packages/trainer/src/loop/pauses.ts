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
    await oneTurn();
    last = performance.now();
  };
}

/** Not by a timer where it can be helped: browsers hold a timer that follows another back by 4 milliseconds, a twelfth of the run. */
function oneTurn(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    // Of the browser, which Node's types do not know.
    const heard = port1 as unknown as { onmessage: () => void };
    heard.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
