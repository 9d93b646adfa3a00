import type { RunState } from '@dist-gan/trainer';
import type {
  ExportedFile,
  ExportForm,
  Frame,
  FromWorker,
  Question,
  RunRequest,
  ToWorker,
} from './messages.js';

/** What a page is told of a run. */
export interface RunListener {
  opened(engine: string, parameters: number): void;
  frame(frame: Frame): void;
  paused(): void;
  finished(): void;
  failed(message: string): void;
}

/** A run in a worker of its own, as the page sees it. */
export class RunClient {
  private readonly worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  private readonly waiting = new Map<
    number,
    { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }
  >();
  private asked = 0;
  /** Why no question is answered any more. */
  private end: string | undefined;

  constructor(
    run: RunRequest,
    private readonly listener: RunListener,
  ) {
    this.worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.hear(data));
    this.worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.fail(`The worker cannot be loaded. ${event.message ?? ''}`);
    });
    this.send({ type: 'open', run });
  }

  continue(steps?: number): void {
    this.send({ type: 'continue', steps });
  }

  pause(): void {
    this.send({ type: 'pause' });
  }

  /** @param share of its time that the run rests from now on */
  rest(share: number): void {
    this.send({ type: 'rest', share });
  }

  /** Everything that the run can be resumed from; nothing where it has made no step. */
  state(): Promise<RunState | undefined> {
    return this.ask({ kind: 'state' }) as Promise<RunState | undefined>;
  }

  exportGenerator(form: ExportForm): Promise<ExportedFile[]> {
    return this.ask({ kind: 'export', form }) as Promise<ExportedFile[]>;
  }

  /** Ends the worker with everything in it. */
  close(): void {
    this.worker.terminate();
    this.refuseAll('The run is gone.');
  }

  private hear(message: FromWorker): void {
    switch (message.type) {
      case 'opened':
        return this.listener.opened(message.engine, message.parameters);
      case 'frame':
        return this.listener.frame(message.frame);
      case 'paused':
        return this.listener.paused();
      case 'finished':
        return this.listener.finished();
      case 'failed':
        return this.fail(message.message);
      case 'answer': {
        const waiting = this.waiting.get(message.number)!;
        this.waiting.delete(message.number);
        if (message.error === undefined) waiting.resolve(message.value);
        else waiting.reject(new Error(message.error));
      }
    }
  }

  private fail(message: string): void {
    this.refuseAll(message);
    this.listener.failed(message);
  }

  private refuseAll(message: string): void {
    this.end ??= message;
    for (const { reject } of this.waiting.values()) reject(new Error(message));
    this.waiting.clear();
  }

  private ask(question: Question): Promise<unknown> {
    if (this.end !== undefined) return Promise.reject(new Error(this.end));
    const number = this.asked++;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
      this.send({ type: 'ask', number, question });
    });
  }

  private send(message: ToWorker): void {
    this.worker.postMessage(message);
  }
}
