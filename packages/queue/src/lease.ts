/**
 * How long a worker may believe that a job is its own. The queue gives a job to others when its worker has not renewed its lock for
 * some time; a worker that is cut off from the queue hears nothing of that, and must stop by itself before.
 */
export class Lease {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  /** @param duration milliseconds after which a lease that was not renewed is lost */
  constructor(private readonly duration: number) {
    this.renew();
  }

  /** Aborted when it is lost. */
  get lost(): AbortSignal {
    return this.controller.signal;
  }

  /** The queue has just said that the job is this worker's. */
  renew(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.lose(), this.duration);
  }

  /** The queue has said that it is another's. */
  lose(): void {
    this.end();
    this.controller.abort();
  }

  /** It is needed no longer. */
  end(): void {
    clearTimeout(this.timer);
  }
}
