import { setTimeout as wait } from 'node:timers/promises';

/** Nothing came of a request in all the time that it had. */
export class SilenceError extends Error {
  constructor(milliseconds: number) {
    super(`nothing came within ${Math.round(milliseconds / 100) / 10} s`);
  }
}

/**
 * What comes of a work, if it comes in time. One that is given up goes on in vain until Node gives it up, too, after five minutes: the
 * client of S3 takes no signal.
 *
 * @throws SilenceError when it does not, and what the work throws
 */
export async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  const over = new AbortController();
  const silence = async (): Promise<never> => {
    await wait(milliseconds, undefined, { signal: over.signal });
    throw new SilenceError(milliseconds);
  };
  try {
    return await Promise.race([work, silence()]);
  } finally {
    over.abort();
  }
}

/** The body of an answer, however long it takes, as long as some of it comes each `milliseconds`. Throws as `within`. */
export async function readBody(response: Response, milliseconds: number): Promise<Uint8Array<ArrayBuffer>> {
  const body: ReadableStream<Uint8Array<ArrayBuffer>> | null = response.body;
  if (body === null) return new Uint8Array();
  const reader = body.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  try {
    for (;;) {
      const part = await within(milliseconds, reader.read());
      if (part.done) return new Uint8Array(await new Blob(parts).arrayBuffer());
      parts.push(part.value);
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    throw error;
  }
}
