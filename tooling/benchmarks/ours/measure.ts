/** What the programs of all rows have in common, wherever they run. */

/** Batches that are made once and fed in turn. */
export const inputPool = 8;
/** Steps whose losses are compared between rows before any timing. */
export const checkSteps = 3;

export interface PeerOptions {
  workload: string;
  mode: string;
  threads: number;
  device: string;
  batch: number | undefined;
  width: number | undefined;
}

type CheckedSteps = {
  /** After the last of them. */
  losses: Record<string, number>;
  /** With the compilation, where there is one. */
  first_step_seconds: number;
};

/** Runs the steps whose losses are compared. */
export async function runCheckSteps(
  runStep: (index: number) => Promise<Record<string, number>>,
  start = performance.now(),
): Promise<CheckedSteps> {
  let losses = await runStep(0);
  const firstStepSeconds = secondsSince(start);
  for (let index = 1; index < checkSteps; index++) losses = await runStep(index);
  return { losses, first_step_seconds: firstStepSeconds };
}

export interface Peer {
  versions: Record<string, string>;
  /** Leaves the peer warm. */
  prepare: () => Promise<CheckedSteps & Record<string, unknown>>;
  /** Runs that many steps and waits for the last result. */
  runBlock: (steps: number) => Promise<void>;
}

/** Gets a peer warm, then runs the blocks that are asked for, and tells of each. */
export async function answer(
  { versions, prepare, runBlock }: Peer,
  requests: Iterable<string> | AsyncIterable<string>,
  emit: (event: string, fields: object) => void,
): Promise<void> {
  const start = performance.now();
  const ready = await prepare();
  emit('ready', { prepare_seconds: secondsSince(start), versions, ...ready });
  for await (const request of requests) {
    const [word, steps] = request.split(' ');
    if (word === 'end') break;
    const blockStart = performance.now();
    await runBlock(Number(steps));
    emit('block', { steps: Number(steps), seconds: secondsSince(blockStart) });
  }
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}
