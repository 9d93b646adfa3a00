/** One running row: a process that is asked for blocks of steps and answers in JSON lines. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { clearTimeout, setTimeout } from 'node:timers';

export class RowProcess {
  #child;
  #lines;
  #errors = '';

  /**
   * @param {string[]} command
   * @param {Record<string, string>} [environment] beside that of this process
   */
  constructor(command, environment = {}) {
    const [program, ...parameters] = command;
    this.#child = spawn(program, parameters, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    this.#child.stdin.on('error', () => {}); // a row that has died is reported by #next
    this.#child.stderr.on('data', (chunk) => (this.#errors = (this.#errors + chunk).slice(-4000)));
    this.#child.on('error', (error) => (this.#errors += error.message));
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Waits until the row is warm. */
  ready(timeoutSeconds) {
    return this.#next('ready', timeoutSeconds);
  }

  /** @returns seconds per step */
  async block(steps, timeoutSeconds) {
    this.#child.stdin.write(`block ${steps}\n`);
    const { seconds } = await this.#next('block', timeoutSeconds);
    return seconds / steps;
  }

  async end() {
    this.#child.stdin.write('end\n');
    return this.#next('end', 60);
  }

  kill() {
    this.#child.kill('SIGKILL');
  }

  async #next(event, timeoutSeconds) {
    let timer;
    const timeout = new Promise((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`no '${event}' within ${timeoutSeconds} seconds`)),
        timeoutSeconds * 1000,
      );
    });
    try {
      for (;;) {
        const { done, value } = await Promise.race([this.#lines.next(), timeout]);
        if (done)
          throw new Error(
            `the row ended before its '${event}': ${this.#errors.trim().split('\n').slice(-3).join(' | ')}`,
          );
        // Libraries print banners on stdout too.
        if (!value.startsWith('{')) continue;
        const message = JSON.parse(value);
        if (message.event === event) return message;
      }
    } finally {
      clearTimeout(timer);
    }
  }
}
