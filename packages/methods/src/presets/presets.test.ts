import { describe, expect, it } from 'vitest';
import { methods } from '../methods.js';
import { presets } from './index.js';

describe.each(Object.entries(presets))('preset %s', (id, preset) => {
  it('stands under its id and is plain JSON', () => {
    expect(preset.id).toBe(id);
    expect(JSON.parse(JSON.stringify(preset))).toStrictEqual(preset);
  });

  it('names a method of this package and options that it accepts', () => {
    const make = methods[preset.method.id as keyof typeof methods];
    const method = make(preset.method.options);
    expect(method.options).toMatchObject(preset.method.options ?? {});
  });

  it('evaluates a whole number of times', () => {
    expect(preset.steps % preset.evaluation.every).toBe(0);
  });
});

describe('the settings of the paper', () => {
  it('last 500 epochs of 50,000 points, the last batch of an epoch being partial', () => {
    const { steps, batchSize } = presets['gaussian-grid-paper'];
    expect(steps).toBe(500 * Math.ceil(50_000 / batchSize));
  });

  it('differ from the fast ones in what makes those fast', () => {
    const paper = presets['gaussian-grid-paper'].method.options!;
    const fast = presets['gaussian-grid'].method.options!;
    const changed = Object.keys(fast).filter((key) => paper[key] !== fast[key]);
    expect(changed.sort()).toEqual([
      'discriminatorSteps',
      'gradientPenaltyNorm',
      'learningRate',
      'learningRateSchedule',
    ]);
  });
});
