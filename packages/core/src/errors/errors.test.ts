import { describe, expect, it } from 'vitest';
import { DuplicateItemError, isGanError, OptionError, UnknownItemError } from './index.js';
import { nearest } from './nearest.js';

describe('isGanError', () => {
  it('tells our errors from others, and by code', () => {
    const error = new OptionError('x', 'x', 1);
    expect(isGanError(error)).toBe(true);
    expect(isGanError(error, 'OPTION_INVALID')).toBe(true);
    expect(isGanError(error, 'DATA_FORMAT')).toBe(false);
    expect(isGanError(new Error('x'))).toBe(false);
    expect(isGanError('OPTION_INVALID')).toBe(false);
  });

  it('recognises an error of another copy of this package, by its brand', () => {
    const foreign = Object.assign(new Error('x'), { code: 'DATA_FORMAT' });
    Object.defineProperty(foreign, Symbol.for('dist-gan.error'), { value: true });
    expect(isGanError(foreign, 'DATA_FORMAT')).toBe(true);
  });

  it('keeps name and cause', () => {
    const cause = new Error('inner');
    const error = new OptionError('outer', 'x', 1, { cause });
    expect(error.name).toBe('OptionError');
    expect(error.cause).toBe(cause);
  });
});

describe('UnknownItemError', () => {
  const known = ['gaussian-grid', 'gaussian-plus', 'mnist', 'mnist-mlp'];

  it('offers the nearest names', () => {
    expect(new UnknownItemError('preset', 'gausian-grid', known).message).toBe(
      'unknown preset "gausian-grid"; did you mean gaussian-grid?',
    );
    expect(new UnknownItemError('preset', 'grid', known).nearest).toEqual(['gaussian-grid']);
  });

  it('lists all names when none is near', () => {
    expect(new UnknownItemError('preset', 'zzzzzz', known).message).toBe(
      'unknown preset "zzzzzz"; known: gaussian-grid, gaussian-plus, mnist, mnist-mlp',
    );
  });
});

describe('DuplicateItemError', () => {
  it('names kind and id', () => {
    expect(new DuplicateItemError('metric', 'fid').message).toContain('metric "fid"');
  });
});

describe('nearest', () => {
  it('orders by edit distance and ignores case', () => {
    expect(nearest('MNIST', ['mnist-mlp', 'mnist', 'cifar10'])).toEqual(['mnist', 'mnist-mlp']);
  });
});
