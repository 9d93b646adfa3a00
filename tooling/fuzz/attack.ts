import { isGanError } from '../../packages/core/src/index.js';
import { describe, expect, it } from 'vitest';
import { damaged } from './damage.js';

/**
 * Readers of file formats are given damaged files, each made from a whole one by a seed. Each must give a value or an error
 * that is its own, within a second of the processor and without taking much memory. `pnpm fuzz` tries 100,000 for each reader, fewer
 * where `every` says so, DIST_GAN_FUZZ_INPUTS says how many otherwise.
 */
const inputs = Number(
  process.env.DIST_GAN_FUZZ_INPUTS ?? (process.env.DIST_GAN_TESTS === 'full' ? 300 : 100),
);

const slowest = 1000;
/** Beside others any input may be slow once or twice; a slow input is slow whenever it is read. */
const attempts = 5;
/** A long attack says how far it is. */
const shownEvery = 5000;
const mostMemory = 512 * 2 ** 20;

export interface Reader {
  readonly whole: Uint8Array | Promise<Uint8Array>;
  readonly read: (bytes: Uint8Array) => unknown;
  /** How a whole file is damaged. Default: byte by byte. */
  readonly damage?: (whole: Uint8Array, seed: number) => Uint8Array;
  /** Readers of parts of a file throw a RangeError, which the reader of the file names. */
  readonly throwsRangeErrors?: boolean;
  /** Of readers that take much longer than others: only every so many of the inputs. */
  readonly every?: number;
}

/** Defines one test for each reader. */
export function attack(readers: Readonly<Record<string, Reader>>): void {
  describe.each(Object.entries(readers))('the reader of %s', (name, reader) => {
    const { whole, read, damage = damaged, throwsRangeErrors = false, every = 1 } = reader;
    const tried = Math.ceil(inputs / every);
    it(`gives a value or an error of its own for ${tried} damaged files`, { timeout: 1e8 }, async () => {
      const file = await whole;
      await read(file);
      const isNamed = (error: unknown) =>
        isGanError(error) || (throwsRangeErrors && error instanceof RangeError);
      const before = process.memoryUsage().rss;
      for (let seed = 1; seed <= tried; seed++) {
        const bytes = damage(file, seed);
        for (let slow = 0; (await millisecondsOf(bytes, seed)) > slowest;) {
          if (++slow === attempts) throw new Error(`input ${seed} takes too long, ${attempts} times`);
        }
        if (seed % shownEvery === 0) process.stderr.write(`the reader of ${name}: ${seed} of ${tried}\n`);
      }
      expect(process.memoryUsage().rss - before).toBeLessThan(mostMemory);

      async function millisecondsOf(bytes: Uint8Array, seed: number): Promise<number> {
        const started = process.cpuUsage();
        try {
          await read(bytes);
        } catch (cause) {
          if (!isNamed(cause))
            throw new Error(`input ${seed} ends with an error that is not ours: ${String(cause)}`, { cause });
        }
        const { user, system } = process.cpuUsage(started);
        return (user + system) / 1000;
      }
    });
  });
}
