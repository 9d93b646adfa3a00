/**
 * One running row of the browser: a worker in a page of its own, or the page itself, which is asked for blocks of steps and
 * answers by messages.
 */

export class WorkerRow {
  /**
   * @param {import('playwright-core').Browser} browser
   * @param {string} address of the row's script, with its options as a query
   * @param {{ inPage?: boolean }} place `inPage`: not in a worker, where old programs find no WebGL
   */
  constructor(browser, address, { inPage = false } = {}) {
    this.opened = this.#open(browser, address, inPage);
  }

  /** Waits until the row is warm. */
  ready() {
    return this.#next('ready');
  }

  /** @returns {Promise<number>} seconds per step */
  async block(steps) {
    const page = await this.opened;
    await page.evaluate((request) => globalThis.row.postMessage(request), `block ${steps}`);
    const { seconds } = await this.#next('block');
    return seconds / steps;
  }

  async close() {
    await (await this.opened).context().close();
  }

  async #open(browser, address, inPage) {
    const page = await (await browser.newContext()).newPage();
    const { origin, pathname, search } = new URL(address);
    await page.goto(`${origin}/${search}`);
    await page.evaluate(
      ([script, inPage]) => {
        const messages = [];
        let wake = () => {};
        const hear = (message) => {
          messages.push(message);
          wake();
        };
        const row = inPage ? globalThis : new globalThis.Worker(script, { type: 'module' });
        row.addEventListener('message', ({ data }) => {
          if (typeof data === 'object') hear(data);
        });
        row.addEventListener('error', ({ message }) => hear({ event: 'failed', message }));
        globalThis.row = row;
        globalThis.nextMessage = async () => {
          while (messages.length === 0) await new Promise((resolve) => (wake = resolve));
          return messages.shift();
        };
        if (inPage) import(script).catch(({ message }) => hear({ event: 'failed', message }));
      },
      [`${pathname}${search}`, inPage],
    );
    return page;
  }

  async #next(event) {
    const page = await this.opened;
    const message = await page.evaluate(() => globalThis.nextMessage());
    if (message.event !== event) throw new Error(message.message ?? `it said ${message.event}, not ${event}`);
    return message;
  }
}
