/**
 * How a row is driven that is a process of Node: `peers/measure.py` in TypeScript. It gets ready, then runs blocks of steps
 * on request, so that rows can take turns; one JSON object a line on stdout, `block <steps>` or `end` on stdin.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { CompileOptions } from '@dist-gan/compiler';
import { answer, type Peer, type PeerOptions } from './measure.js';

/** The installed one. */
export const onnxRuntime: CompileOptions['runtime'] = undefined;
/** Where wasm files lie: beside their packages. */
export const wasmFolder: string | undefined = undefined;

interface NodeOptions extends PeerOptions {
  blocks: number | undefined;
  steps: number;
}

export function readOptions(modes: readonly string[]): NodeOptions {
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

/** Node's version and those of these dependencies of this package, as installed; peers run from `dist/`. */
export function versionsOf(...names: string[]): Record<string, string> {
  const versionOf = (name: string) => {
    const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
  };
  return {
    node: process.versions.node,
    ...Object.fromEntries(names.map((name) => [name, versionOf(name)])),
  };
}

/** Drives the peer to its end, and with it the process: threads of wasm would keep that alive. */
export async function serve(options: PeerOptions, peer: Peer): Promise<void> {
  await answer(peer, requests(options as NodeOptions), emit);
  emit('end', { peak_memory_bytes: process.resourceUsage().maxRSS * 1024 });
  process.exit(0);
}

function requests({ blocks, steps }: NodeOptions): Iterable<string> | AsyncIterable<string> {
  return blocks === undefined
    ? createInterface({ input: process.stdin })
    : Array<string>(blocks).fill(`block ${steps}`);
}

function emit(event: string, fields: object): void {
  process.stdout.write(JSON.stringify({ event, ...fields }) + '\n');
}
