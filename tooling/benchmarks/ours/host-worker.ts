/**
 * How a row is driven that is a worker of a page, or a page: by messages, what `host-node.ts` does by lines. Its options are
 * its address.
 */
import * as onnxruntime from 'onnxruntime-web/wasm';
import type { CompileOptions } from '@dist-gan/compiler';
import { answer, type Peer, type PeerOptions } from './measure.js';

/** The part of a worker that is used here; Node's types know no page. */
const worker = globalThis as unknown as {
  readonly location: { readonly search: string };
  postMessage(message: object): void;
  onmessage: (message: { readonly data: unknown }) => void;
};

onnxruntime.env.wasm.wasmPaths = './';
export const onnxRuntime: CompileOptions['runtime'] = onnxruntime;
/** Where wasm files lie: all beside this script. */
export const wasmFolder: string | undefined = './';

export function readOptions(modes: readonly string[]): PeerOptions {
  const address = new URLSearchParams(worker.location.search);
  return {
    workload: address.get('workload')!,
    mode: address.get('mode') ?? modes[0],
    threads: Number(address.get('threads')),
    device: 'cpu',
    batch: undefined,
    width: undefined,
  };
}

/** The page does not know what was bundled into it: whoever bundles it does. */
export const versionsOf = (): Record<string, string> => ({});

export async function serve(_options: PeerOptions, peer: Peer): Promise<void> {
  const emit = (event: string, fields: object) => worker.postMessage({ event, ...fields });
  try {
    await answer(peer, requests(), emit);
  } catch (error) {
    emit('failed', { message: (error as Error).message });
  }
}

async function* requests(): AsyncIterable<string> {
  for (;;) {
    yield await new Promise<string>((resolve) => {
      // A page hears its own answers, too.
      worker.onmessage = ({ data }) => {
        if (typeof data === 'string') resolve(data);
      };
    });
  }
}
