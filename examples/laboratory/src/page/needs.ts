/** What the pages cannot do without, and what for. */
const needs = {
  Worker: 'trains',
  OffscreenCanvas: 'draws',
  WebAssembly: 'computes',
} as const;

/**
 * @param scope the global object of a page
 * @returns what to tell whoever opens the page in a browser that lacks something; nothing where all is there
 */
function lackOf(scope: object): string | undefined {
  const lacking = Object.entries(needs).filter(([name]) => !(name in scope));
  if (lacking.length === 0) return undefined;
  const parts = lacking.map(([name, use]) => `${name}, with which this page ${use}`);
  return `This browser has no ${parts.join(', and no ')}. Open the page in a newer one: Chrome or Edge from 91 on, Firefox from 114, Safari from 16.4.`;
}

/** Loads the program of a page, which is inert until then, where the browser can run it; else says why not. */
export async function begin(load: () => Promise<unknown>): Promise<void> {
  const main = document.querySelector('main')!;
  const lack = lackOf(globalThis);
  if (lack === undefined) {
    await load();
    main.inert = false;
    return;
  }
  const notice = document.getElementById('notice')!;
  notice.textContent = lack;
  notice.hidden = false;
  // Nothing in it would answer.
  main.hidden = true;
}
