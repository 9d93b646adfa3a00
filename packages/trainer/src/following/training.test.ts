import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { countingDataset, linearArchitecture, meanMetric, tinyDistGan } from '../../test/tiny.js';
import type { FitOptions } from '../fit-options.js';
import { fit } from '../fit.js';

const options: FitOptions = {
  method: tinyDistGan(),
  architecture: linearArchitecture(),
  dataset: countingDataset({ dimension: 2 }),
  latents: { dimension: 2, distribution: 'uniform' },
  batchSize: 4,
  steps: 3,
  seed: 1,
  executor: 'eager',
  evaluation: { every: 2, samples: 5, metrics: () => [meanMetric()] },
};

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('for await over a training', () => {
  it('sees what callbacks are told, in order, and the run waits for its body', async () => {
    const order: string[] = [];
    const onStep = ({ step }: { step: number }) => void order.push(`callback ${step}`);
    const training = fit({ ...options, callbacks: { onStep } });
    for await (const event of training) {
      order.push(`${event.event}${'step' in event ? ` ${event.step}` : ''}`);
      if (event.event === 'evaluation') expect((await event.state()).step).toBe(event.step);
      await soon();
      order.push('.');
    }
    const result = await training;
    await result.dispose();
    expect(order.join(' ')).toBe(
      'start 0 . callback 1 step 1 . callback 2 step 2 . evaluation 2 . callback 3 step 3 . evaluation 3 . end .',
    );
  });

  it('changes nothing of the run', async () => {
    const training = fit(options);
    for await (const _ of training) await soon();
    const [followed, alone] = [await training, await fit(options)];
    expect((await followed.state()).tensors).toEqual((await alone.state()).tensors);
    await followed.dispose();
    await alone.dispose();
  });

  it('ends the run after the step at hand when the loop is left', async () => {
    const training = fit({ ...options, steps: 1000 });
    for await (const event of training) if (event.event === 'step' && event.step === 3) break;
    await using result = await training;
    expect(result).toMatchObject({ outcome: 'aborted', step: 3 });
  });

  it('tells several loops, and goes on where one of them is left with an error', async () => {
    const training = fit({ ...options, steps: 1000 });
    const steps: number[] = [];
    const watching = (async () => {
      for await (const event of training) if (event.event === 'step') steps.push(event.step);
    })();
    const failing = (async () => {
      for await (const event of training) if (event.event === 'step') throw new Error('of the body');
    })();
    await expect(failing).rejects.toThrow('of the body');
    await watching;
    expect(steps).toEqual([1]);
    expect(await training).toMatchObject({ outcome: 'aborted', step: 1 });
    await (await training).dispose();
  });

  it('ends with the error of the run, and leaves no promise that nobody looked at', async () => {
    const { numTensors } = memory();
    const events: string[] = [];
    const failing = {
      ...countingDataset(),
      sampleShape: [2],
      batch: () => Promise.reject(new Error('no data')),
    };
    const loop = async () => {
      for await (const { event } of fit({ ...options, dataset: failing, evaluation: undefined }))
        events.push(event);
    };
    await expect(loop()).rejects.toThrow('no data');
    expect(events.at(-1)).toBe('failure');
    expect(memory().numTensors).toBe(numTensors);
    const wrong = async () => {
      for await (const _ of fit({ ...options, steps: -1 })) expect.unreachable();
    };
    await expect(wrong()).rejects.toThrow('steps');
  });
});
