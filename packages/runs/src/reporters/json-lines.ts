import { processOutput, toJson, type TextOutput } from '@dist-gan/core';
import type { RunEvent } from '../events/run-event.js';
import type { Reporter, RunEnd, RunStart } from './reporter.js';

/** For programs: a line of JSON for the start, for every line of the log, and for the end, as `metrics.jsonl` has them. */
export class JsonLinesReporter implements Reporter {
  readonly id = 'jsonl';
  private folder = '';

  constructor(private readonly output: TextOutput = processOutput()) {}

  start({ folder, record, steps, step }: RunStart): void {
    this.folder = folder;
    const { preset, seed, executor, target, device, engine } = record;
    this.write({
      event: 'start',
      folder,
      preset,
      seed,
      steps,
      ...(step > 0 && { step }),
      executor,
      ...(target !== undefined && { target, device, engine }),
    });
  }

  log(event: RunEvent): void {
    this.write(event);
  }

  end(end: RunEnd): void {
    // What failed is the last line of the log.
    if (end.outcome === 'failed') return;
    this.write({ event: 'result', folder: this.folder, outcome: end.outcome, ...end.result });
  }

  private write(line: object): void {
    this.output.write(`${toJson(line)}\n`);
  }
}
