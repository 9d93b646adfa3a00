/** What rows that take turns have in common, whether they are processes or workers of pages. */
import { setTimeout as pause } from 'node:timers/promises';

/** Losses after three steps may differ by this much, relatively, before a row counts as doing other work. */
const lossTolerance = 5e-2;

/**
 * Turn by turn, starting with another row every round.
 *
 * @param {{ rounds?: number, block: () => Promise<unknown>, fail: (error: Error) => void, over: (round: number) => boolean }[]} rows
 * @param {number} rounds
 */
export async function takeTurns(rows, rounds) {
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < rows.length; turn++) {
      const row = rows[(turn + round) % rows.length];
      if (row.over(round) || round >= (row.rounds ?? rounds)) continue;
      try {
        await pause(50); // lets the last row's threads stop spinning
        await row.block();
      } catch (error) {
        row.fail(error);
      }
    }
  }
}

/** @returns {{ median: number, smallest: number, largest: number }} */
export function summary(blocks) {
  const sorted = [...blocks].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, smallest: sorted[0], largest: sorted.at(-1) };
}

/** Every row starts from the same weights and batches, so their losses must be the same numbers. */
export function compareLosses(entries, reference) {
  for (const entry of entries) {
    entry.lossDifference = Math.max(
      ...Object.entries(reference).map(
        ([phase, loss]) => Math.abs(entry.losses[phase] - loss) / Math.max(Math.abs(loss), 0.1),
      ),
    );
    if (!(entry.lossDifference <= lossTolerance)) {
      entry.status = 'failed';
      entry.reason = `its losses after three steps are not those of the others: ${JSON.stringify(entry.losses)}`;
    }
  }
}
