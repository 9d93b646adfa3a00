import { afterEach, expect, it, vi } from 'vitest';
import type { FromWorker, RunRequest, ToWorker } from './src/training/messages.js';
import { RunClient } from './src/training/run-client.js';

let told: ToWorker[] = [];
let tell: (message: FromWorker) => void;

class FakeWorker {
  addEventListener(type: string, listener: (event: { data: FromWorker }) => void): void {
    if (type === 'message') tell = (data) => listener({ data });
  }
  postMessage(message: ToWorker): void {
    told.push(message);
  }
  terminate(): void {}
}

afterEach(() => {
  told = [];
  vi.unstubAllGlobals();
});

function client() {
  vi.stubGlobal('Worker', FakeWorker);
  const failed = vi.fn();
  const ignored = () => undefined;
  const listener = { opened: ignored, frame: ignored, paused: ignored, finished: ignored, failed };
  return { run: new RunClient({} as RunRequest, listener), failed };
}

it('answers questions by their numbers', async () => {
  const { run } = client();
  const [state, exported] = [run.state(), run.exportGenerator('onnx')];
  tell({ type: 'answer', number: 1, value: ['a file'] });
  tell({ type: 'answer', number: 0, error: 'no state' });
  await expect(state).rejects.toThrow('no state');
  expect(await exported).toEqual(['a file']);
});

it('refuses what is asked before and after a failure, with its reason', async () => {
  const { run, failed } = client();
  const before = run.state();
  tell({ type: 'failed', message: 'loss is NaN' });
  await expect(before).rejects.toThrow('loss is NaN');
  expect(failed).toHaveBeenCalledExactlyOnceWith('loss is NaN');
  // Nobody in the worker would hear it.
  await expect(run.exportGenerator('onnx')).rejects.toThrow('loss is NaN');
  expect(told.map(({ type }) => type)).toEqual(['open', 'ask']);
});

it('refuses what is asked of a closed run', async () => {
  const { run } = client();
  run.close();
  await expect(run.state()).rejects.toThrow('The run is gone.');
});
