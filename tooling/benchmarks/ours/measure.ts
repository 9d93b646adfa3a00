/**
 * How a row is driven: `peers/measure.py` in TypeScript. It gets ready, then runs blocks of steps on
 * request, so that rows can take turns; one JSON object a line on stdout, `block <steps>` or `end` on stdin.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

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
  blocks: number | undefined;
  steps: number;
}

export function readOptions(modes: readonly string[]): PeerOptions {
  const { values } = parseArgs({
    options: {
      workload: { type: 'string' },
      mode: { type: 'string', default: modes[0] },
      threads: { type: 'string', default: '2' },
      device: { type: 'string', default: 'cpu' },
      batch: { type: 'string' },
      width: { type: 'string' },
      blocks: { type: 'string' },
      steps: { type: 'string', default: '1' },
    },
  });
  if (!values.workload) throw new Error('--workload is missing');
  if (!modes.includes(values.mode)) throw new Error(`--mode must be one of ${modes.join(', ')}`);
  const optional = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  return {
    workload: values.workload,
    mode: values.mode,
    threads: Number(values.threads),
    device: values.device,
    batch: optional(values.batch),
    width: optional(values.width),
    blocks: optional(values.blocks),
    steps: Number(values.steps),
  };
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

export async function serve(options: PeerOptions, { versions, prepare, runBlock }: Peer): Promise<void> {
  const start = performance.now();
  const ready = await prepare();
  emit('ready', { prepare_seconds: secondsSince(start), versions, ...ready });
  for await (const request of requests(options)) {
    const [word, steps] = request.split(' ');
    if (word === 'end') break;
    const blockStart = performance.now();
    await runBlock(Number(steps));
    emit('block', { steps: Number(steps), seconds: secondsSince(blockStart) });
  }
  emit('end', { peak_memory_bytes: process.resourceUsage().maxRSS * 1024 });
}

/** The installed version of a dependency of this package; peers run from `dist/`. */
export function versionOf(name: string): string {
  const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}

function requests({ blocks, steps }: PeerOptions): Iterable<string> | AsyncIterable<string> {
  return blocks === undefined
    ? createInterface({ input: process.stdin })
    : Array<string>(blocks).fill(`block ${steps}`);
}

function emit(event: string, fields: object): void {
  process.stdout.write(JSON.stringify({ event, ...fields }) + '\n');
}
