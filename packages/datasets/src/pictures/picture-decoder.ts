import type { Worker } from 'node:worker_threads';
import { builtin } from '../files/file-system.js';
import { isMissingSharp, sharpMissing } from './missing-sharp.js';
import type { PixelRules } from './pixels.js';

/** How a picture becomes a rectangle of another form. */
export const resizes = ['cover', 'contain', 'stretch', 'none'] as const;
/** Pillow's. */
export const resamplings = ['lanczos', 'bicubic', 'bilinear', 'nearest'] as const;

/** What every picture is brought to. */
export interface PictureForm {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** What lies behind pixels that are not opaque; see `PixelRules`. */
  readonly background?: PixelRules['background'];
  /** Of a picture larger than this, only the square of so many pixels in its middle counts. */
  readonly crop?: number;
  readonly resize: (typeof resizes)[number];
  /** How it is resized: Pillow's filters, or from the four nearest pixels alone (which needs `crop`). */
  readonly resampling: (typeof resamplings)[number] | 'interpolated';
}

/** Pictures that were decoded together. */
interface DecodedPictures {
  /** `[count, height, width, channels]`; what stands at the place of a broken one means nothing. */
  readonly data: Uint8Array;
  /** In the order of their places. */
  readonly broken: readonly { readonly place: number; readonly reason: string }[];
}

interface Job {
  readonly resolve: (decoded: DecodedPictures) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Decodes pictures in worker threads, so that the thread that trains only copies bytes. Which thread decodes what
 * changes nothing in what comes out. A thread is started when there is something to do, and keeps the process alive only
 * while it has something to do.
 */
export class PictureDecoder {
  private readonly threads: DecoderThread[] = [];

  /** @param workers how many threads at the most */
  constructor(
    private readonly form: PictureForm,
    private readonly workers: number,
  ) {}

  /**
   * Decodes files, in this order.
   *
   * @throws BackendError when sharp is not installed
   */
  async decode(files: readonly string[]): Promise<DecodedPictures> {
    const { height, width, channels } = this.form;
    const length = height * width * channels;
    const perPart = Math.ceil(files.length / this.workers);
    const parts = Array.from({ length: Math.min(this.workers, files.length) }, (_, i) =>
      files.slice(i * perPart, (i + 1) * perPart),
    ).filter((part) => part.length > 0);
    while (this.threads.length < parts.length) this.threads.push(new DecoderThread());
    const decoded = await Promise.all(parts.map((part, i) => this.threads[i].decode(part, this.form)));
    const data = new Uint8Array(files.length * length);
    decoded.forEach((part, i) => data.set(part.data, i * perPart * length));
    const broken = decoded.flatMap((part, i) =>
      part.broken.map(({ place, reason }) => ({ place: place + i * perPart, reason })),
    );
    return { data, broken: broken.sort((a, b) => a.place - b.place) };
  }

  /** Ends the threads, which must have nothing to do; a later call of `decode` starts new ones. */
  async close(): Promise<void> {
    await Promise.all(this.threads.splice(0).map((thread) => thread.end()));
  }
}

/** One thread and what it has to do. */
class DecoderThread {
  private readonly worker: Worker;
  private readonly jobs = new Map<number, Job>();
  private jobsMade = 0;
  /** Why the thread ended, if it did. */
  private failure: Error | undefined;

  constructor() {
    const { Worker } = builtin('node:worker_threads');
    this.worker = new Worker(new URL('./picture-worker.js', import.meta.url));
    this.worker.on('message', ({ job, ...decoded }: { job: number } & DecodedPictures) => {
      this.jobs.get(job)?.resolve(decoded);
      this.finish(job);
    });
    this.worker.on('error', (cause) => {
      this.failure = isMissingSharp(cause) ? sharpMissing(cause) : cause;
      for (const { reject } of this.jobs.values()) reject(this.failure);
      this.jobs.clear();
    });
  }

  async decode(files: readonly string[], form: PictureForm): Promise<DecodedPictures> {
    if (this.failure !== undefined) throw this.failure;
    const job = this.jobsMade++;
    return new Promise((resolve, reject) => {
      this.jobs.set(job, { resolve, reject });
      this.worker.ref();
      this.worker.postMessage({ job, files, form });
    });
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private finish(job: number): void {
    this.jobs.delete(job);
    if (this.jobs.size === 0) this.worker.unref();
  }
}
