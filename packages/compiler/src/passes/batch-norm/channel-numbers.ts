import { repeatedElement } from '../../graph/constants.js';
import { isOperation } from '../../graph/operation.js';
import { sizeOf } from '../../graph/shape.js';
import type { Value } from '../../graph/types.js';
import { reshape } from '../../operations/movement/reshape.js';

/**
 * Numbers of one channel put in place of tensors that have one number a channel, to see what is computed
 * from them: every tensor that is not itself computed element by element gets a number of its own.
 *
 * Algebra writes the same expression in many ways; two that agree on such numbers are the same.
 */
export class ChannelNumbers {
  private readonly numbers = new Map<Value, number>();
  private last: number;

  /** @param seed another one gives other numbers */
  constructor(
    private readonly channels: number,
    seed: number,
  ) {
    this.last = seed;
  }

  /** The number of a tensor, or undefined where it has more than one a channel. */
  of(value: Value): number | undefined {
    const known = this.numbers.get(value);
    if (known !== undefined) return known;
    const number = this.compute(value);
    if (number !== undefined) this.numbers.set(value, number);
    return number;
  }

  private compute(value: Value): number | undefined {
    if (!this.isPerChannel(value)) return undefined;
    const repeated = repeatedElement(value);
    if (repeated !== undefined) return repeated;
    if (isOperation(value, reshape) && this.isPerChannel(value.inputs[0])) return this.of(value.inputs[0]);
    const element = value.operation.element?.(value.attributes);
    if (!element) return this.next();
    const operands = value.inputs.map((input) => this.of(input));
    return operands.every((operand) => operand !== undefined) ? element(...operands) : this.next();
  }

  /** One number, or as many as there are channels, along one axis. */
  private isPerChannel({ shape }: Value): boolean {
    const size = sizeOf(shape);
    return size === 1 || (size === this.channels && shape.includes(size));
  }

  /** Between 0.5 and 1.5, by multiples of the golden ratio. */
  private next(): number {
    this.last += 0.6180339887498949;
    return 0.5 + (this.last % 1);
  }
}

export function almostEqual(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-5 * Math.max(Math.abs(a), Math.abs(b));
}
