import { fromJson } from '@dist-gan/core';
import type { RunSummary, RunView, SweepView } from '../../src/view/index.js';
import type { Source } from './source.js';

/** Runs that `dist-gan watch` serves beside the page. */
export function servedSource(title: string): Source {
  const get = async (path: string): Promise<Response> => {
    const response = await fetch(path, { cache: 'no-store' }).catch((cause: unknown) => {
      throw new Error(
        'dist-gan watch does not answer; the page goes on when it does. What follows is what it said last.',
        { cause },
      );
    });
    if (!response.ok) throw new Error((await response.text()) || response.statusText);
    return response;
  };
  const json = async (path: string) => fromJson(await (await get(path)).text());
  const bytes = async (path: string) => new Uint8Array(await (await get(path)).arrayBuffer());
  const ofRun = (name: string, rest: string) => `runs/${encodeURIComponent(name)}/${rest}`;
  return {
    live: true,
    title,
    runs: async () => (await json('runs')) as RunSummary[],
    run: async (name) => (await json(ofRun(name, 'view'))) as RunView,
    sweep: async () => (await json('sweep')) as SweepView | null,
    frame: (name, step) => bytes(ofRun(name, `frames/${step}`)),
    picture: (name, id) => bytes(ofRun(name, `pictures/${encodeURIComponent(id)}`)),
    generators: {
      onnx: (name) => bytes(ofRun(name, 'generator.onnx')),
      runtime: new URL('onnxruntime-web/', document.baseURI).href,
    },
  };
}
