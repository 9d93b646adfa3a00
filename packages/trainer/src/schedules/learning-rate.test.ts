import { describe, expect, it } from 'vitest';
import type { LearningRateSchedule } from '@dist-gan/core';
import { learningRateAt } from './learning-rate.js';

const at = (schedule: LearningRateSchedule | undefined, stepsDone: number, callsPerStep = 7, steps = 1000) =>
  learningRateAt(
    { id: 'sgd', learningRate: 0.001, ...(schedule && { schedule }) },
    { stepsDone, steps, optimizerCallsDone: stepsDone * callsPerStep },
  );

describe('learningRateAt', () => {
  it('stays without a schedule', () => {
    expect(at(undefined, 0)).toBe(0.001);
    expect(at(undefined, 999)).toBe(0.001);
  });

  const staircase = { id: 'staircase', factor: 0.9, every: 10_000 } as const;

  it('counts steps: 0.9^19 after 195,500 of them', () => {
    const paper = { ...staircase, counter: 'steps' } as const;
    expect(at(paper, 9_999)).toBe(0.001);
    expect(at(paper, 10_000)).toBeCloseTo(0.0009, 15);
    expect(at(paper, 195_500)).toBeCloseTo(1.350851717672992e-4, 15);
  });

  it("counts optimiser calls: the authors' 500 epochs end near 6e-10", () => {
    const code = { ...staircase, counter: 'optimizer-calls' } as const;
    expect(at(code, 1_428)).toBe(0.001); // 9,996 calls
    expect(at(code, 1_429)).toBeCloseTo(0.0009, 15); // 10,003 calls
    // METHODS: 1,368,500 calls -> 0.001 * 0.9^136
    const end = at(code, 195_500);
    expect(end / (0.001 * Math.exp(136 * Math.log(0.9)))).toBeCloseTo(1, 10);
    expect(end).toBeGreaterThan(5.9e-10);
    expect(end).toBeLessThan(6.1e-10);
  });

  it('falls in a line below its ceiling', () => {
    const linear = { id: 'linear', ceiling: 0.5 } as const;
    expect(at(linear, 0)).toBe(0.0005);
    expect(at(linear, 500)).toBe(0.0005);
    expect(at(linear, 750)).toBeCloseTo(0.00025, 15);
    expect(at(linear, 1000)).toBe(0);
    expect(at({ id: 'linear', ceiling: 1 }, 250)).toBeCloseTo(0.00075, 15);
  });

  it('falls along a cosine, to its floor', () => {
    expect(at({ id: 'cosine' }, 0)).toBe(0.001);
    expect(at({ id: 'cosine' }, 250)).toBeCloseTo((0.001 * (1 + Math.SQRT1_2)) / 2, 15);
    expect(at({ id: 'cosine' }, 500)).toBeCloseTo(0.0005, 15);
    expect(at({ id: 'cosine', floor: 0.1 }, 500)).toBeCloseTo(0.00055, 15);
    expect(at({ id: 'cosine', floor: 0.1 }, 1000)).toBeCloseTo(0.0001, 15);
    expect(at({ id: 'cosine', floor: 0.1 }, 2000)).toBeCloseTo(0.0001, 15);
  });

  it('falls at milestones', () => {
    const milestones = { id: 'milestones', factor: 0.1, steps: [300, 600] } as const;
    expect([0, 299, 300, 599, 600].map((step) => Math.round(at(milestones, step) * 1e6))).toEqual([
      1000, 1000, 100, 100, 10,
    ]);
  });

  it('warms up, alone or before another schedule', () => {
    const warmUp = { id: 'warm-up', steps: 4 } as const;
    expect([0, 1, 3, 4, 999].map((step) => at(warmUp, step))).toEqual([0.00025, 0.0005, 0.001, 0.001, 0.001]);
    const then = { id: 'linear', ceiling: 1 } as const;
    expect(at({ ...warmUp, then }, 1)).toBeCloseTo(0.001 * 0.5 * 0.999, 15);
    expect(at({ ...warmUp, then }, 500)).toBeCloseTo(0.0005, 15);
  });
});
