import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { OptionError } from '../errors/index.js';
import { positive, positiveInteger } from './numbers.js';
import { resolveOptions } from './resolve-options.js';

const schema = v.strictObject({
  batchSize: v.optional(positiveInteger, 64),
  mode: v.optional(v.picklist(['radius', 'nearest']), 'radius'),
  penalty: v.optional(v.strictObject({ weight: v.optional(positive, 10) }), {}),
});

const linear = v.strictObject({ id: v.literal('linear'), ceiling: v.number() });
const warmUp = v.strictObject({ id: v.literal('warm-up'), then: v.lazy(() => linear) });
const ofKinds = v.strictObject({ schedule: v.optional(v.variant('id', [linear, warmUp])) });

function failure(given: unknown): OptionError {
  try {
    resolveOptions(schema, given, 'training');
  } catch (error) {
    if (error instanceof OptionError) return error;
    throw error;
  }
  throw new Error('no error was thrown');
}

describe('resolveOptions', () => {
  it('fills in defaults, nested ones too', () => {
    expect(resolveOptions(schema, { mode: 'nearest' }, 'training')).toEqual({
      batchSize: 64,
      mode: 'nearest',
      penalty: { weight: 10 },
    });
    expect(resolveOptions(schema, undefined, 'training').batchSize).toBe(64);
  });

  it('names an unknown key and the nearest known one', () => {
    const error = failure({ batchsize: 32 });
    expect(error.path).toBe('training.batchsize');
    expect(error.message).toBe('training.batchsize is not an option; did you mean batchSize?');
  });

  it('names a nested unknown key, and lists the known ones when none is near', () => {
    expect(failure({ penalty: { x: 1 } }).message).toBe(
      'training.penalty.x is not an option; known options: weight',
    );
  });

  it.each([
    [
      { id: 'linear', ceiling: 1, cieling: 1 },
      'training.schedule.cieling is not an option; did you mean ceiling?',
    ],
    [
      { id: 'warm-up', then: { id: 'linear', ceiling: 1, gradient: 1 } },
      'training.schedule.then.gradient is not an option; known options: id, ceiling',
    ],
  ])('knows the keys of one of several kinds: %j', (schedule, message) => {
    expect(() => resolveOptions(ofKinds, { schedule }, 'training')).toThrow(message);
  });

  it.each([
    [{ batchSize: -1 }, 'training.batchSize: must be 1 or more (got -1)'],
    [{ batchSize: 1.5 }, 'training.batchSize: must be a whole number (got 1.5)'],
    [{ batchSize: NaN }, 'training.batchSize: must be a whole number (got NaN)'],
    [{ batchSize: '3' }, 'training.batchSize: must be a whole number (got "3")'],
    [{ penalty: { weight: 0 } }, 'training.penalty.weight: must be above 0 (got 0)'],
    [{ penalty: { weight: Infinity } }, 'training.penalty.weight: must be finite (got Infinity)'],
  ])('says what is wrong with %j', (given, message) => {
    expect(failure(given).message).toBe(message);
  });

  it('says so of what JSON cannot say, too', () => {
    expect(failure({ batchSize: 10n }).message).toBe('training.batchSize: must be a whole number (got 10)');
    const circle: Record<string, unknown> = {};
    circle.itself = circle;
    expect(failure({ batchSize: circle }).message).toBe(
      'training.batchSize: must be a whole number (got [object Object])',
    );
  });

  it('names the choices of a closed list', () => {
    expect(failure({ mode: 'radios' }).message).toContain('"radius"');
  });

  it('refuses something that is not an object', () => {
    expect(failure(7).path).toBe('training');
    expect(failure('x').path).toBe('training');
  });
});
