import * as tf from '@tensorflow/tfjs-core';
import { isGanError, type TargetName } from '@dist-gan/core';
import * as ort from 'onnxruntime-node';
import { describe, expect, it, vi } from 'vitest';
import { relativeDifference } from '@dist-gan/testing/compiled';
import { describeOnTargets, expectLikeEager, tensorFlowIsHere } from '../../test/against-eager.js';
import { gaussianStep } from '../../test/gaussian-step.js';
import { compile } from './compile.js';
import type { CompileOptions } from './options.js';

type Session = ort.InferenceSession;

describeOnTargets('compile', (target) => {
  it('runs a gradient step and keeps the variable in the engine until it is read', async () => {
    const weight = tf.tidy(() => tf.variable(tf.scalar(1)));
    const step = await compile(
      ({ x }) => {
        const { value, grads } = tf.variableGrads(
          () => tf.mean<tf.Scalar>(tf.square(tf.mul(weight, x))),
          [weight],
        );
        weight.assign(tf.sub(weight, tf.mul(0.1, grads[weight.name])));
        return { loss: value };
      },
      { target, inputs: { x: { shape: [4] } } },
    );
    const { loss } = await step.run({ x: Float32Array.of(1, 2, 3, 4) });
    expect(loss.data[0]).toBeCloseTo(7.5, 6);
    expect(weight.dataSync()[0]).toBe(1);
    await step.readVariables();
    expect(weight.dataSync()[0]).toBeCloseTo(-0.5, 6);
    step.dispose();
    weight.dispose();
  });

  it('trains three networks like eager TensorFlow.js: losses, weights and optimizer slots', async () => {
    const { step, inputs, feeds, variables, dispose } = gaussianStep({ width: 16, batch: 8 });
    await expectLikeEager({ target, fn: step, inputs, feeds, variables, calls: 5 });
    dispose();
  });

  it('gives outputs of every type with their shapes, an input or a constant among them', async () => {
    const all = await compile(
      ({ x, n }) => ({
        floats: tf.reshape(tf.neg(x), [2, 1]),
        integers: tf.add(n, tf.scalar(1, 'int32')),
        flags: tf.greater(x, 0),
        input: x,
        again: tf.neg(x),
        constant: tf.tensor1d([1, 2, 3]),
      }),
      { target, inputs: { x: { shape: [2] }, n: { shape: [], dtype: 'int32' } } },
    );
    const outputs = await all.run({ x: Float32Array.of(1, -2), n: Int32Array.of(4) });
    expect(outputs).toEqual({
      floats: { data: Float32Array.of(-1, 2), shape: [2, 1] },
      integers: { data: Int32Array.of(5), shape: [] },
      flags: { data: Uint8Array.of(1, 0), shape: [2] },
      input: { data: Float32Array.of(1, -2), shape: [2] },
      again: { data: Float32Array.of(-1, 2), shape: [2] },
      constant: { data: Float32Array.of(1, 2, 3), shape: [3] },
    });
    all.dispose();
  });

  it('tells tensors from outside apart that share their content in another shape or type', async () => {
    const row = tf.tensor1d([1, 2, 3], 'int32');
    const column = tf.reshape(row, [3, 1]);
    const floats = tf.cast(row, 'float32');
    const sums = await compile(
      ({ n, x }) => ({ sum: tf.add(tf.mul(n, row), column), product: tf.mul(floats, x) }),
      {
        target,
        inputs: { n: { shape: [], dtype: 'int32' }, x: { shape: [] } },
      },
    );
    const { sum, product } = await sums.run({ n: Int32Array.of(10), x: Float32Array.of(0.5) });
    expect([...sum.data]).toEqual([11, 21, 31, 12, 22, 32, 13, 23, 33]);
    expect([...product.data]).toEqual([0.5, 1, 1.5]);
    sums.dispose();
    tf.dispose([row, column, floats]);
  });

  it('takes state from variables again after they are changed by hand', async () => {
    const count = tf.tidy(() => tf.variable(tf.scalar(1)));
    const step = await compile(
      () => {
        count.assign(tf.add(count, 1));
        return { count };
      },
      { target, inputs: {} },
    );
    expect((await step.run({})).count.data[0]).toBe(2);
    tf.tidy(() => count.assign(tf.scalar(10)));
    expect((await step.run({})).count.data[0]).toBe(3);
    await step.writeVariables();
    expect((await step.run({})).count.data[0]).toBe(11);
    step.dispose();
    count.dispose();
  });

  it('runs calls that overlap one after the other', async () => {
    const sum = tf.tidy(() => tf.variable(tf.scalar(0)));
    const step = await compile(
      ({ x }) => {
        sum.assign(tf.add(sum, x));
        return { sum };
      },
      { target, inputs: { x: { shape: [] } } },
    );
    const results = await Promise.all([1, 2, 3, 4].map((x) => step.run({ x: Float32Array.of(x) })));
    expect(results.map((result) => result.sum.data[0])).toEqual([1, 3, 6, 10]);
    step.dispose();
    sum.dispose();
  });
});

// So that it does not matter which number of threads was measured to be faster.
it('ONNX Runtime gives the same bits on any number of threads', async () => {
  const bits = [];
  for (const threads of [1, 3]) {
    const { step, inputs, feeds, variables, dispose } = gaussianStep({ width: 128, batch: 128 });
    const compiled = await compile(step, { target: 'onnx', inputs, threads });
    for (let call = 0; call < 3; call++) await compiled.run(feeds(call));
    await compiled.readVariables();
    bits.push(variables.map((variable) => Array.from(variable.dataSync())));
    compiled.dispose();
    dispose();
  }
  expect(bits[1]).toEqual(bits[0]);
});

describe.skipIf(!tensorFlowIsHere)('state moves between targets', () => {
  it.each<[TargetName, TargetName]>([
    ['onnx', 'tensorflow'],
    ['tensorflow', 'onnx'],
  ])('%s, then %s: as if one had run all steps', async (first, second) => {
    const { step, inputs, feeds, variables, dispose } = gaussianStep({ width: 8, batch: 4 });
    const content = () => variables.map((variable) => Array.from(variable.dataSync()));
    const start = variables.map((variable) => tf.clone(variable));
    const run = async (target: TargetName, from: number, to: number) => {
      const compiled = await compile(step, { target, inputs, threads: 1 });
      for (let call = from; call < to; call++) await compiled.run(feeds(call));
      await compiled.readVariables();
      compiled.dispose();
    };
    await run(first, 0, 6);
    const alone = content();
    variables.forEach((variable, at) => variable.assign(start[at]));
    await run(first, 0, 3);
    await run(second, 3, 6);
    content().forEach((moved, at) => {
      expect(relativeDifference(moved, alone[at]), variables[at].name).toBeLessThanOrEqual(1e-5);
    });
    tf.dispose(start);
    dispose();
  });
});

describe('device auto', () => {
  async function compileOnAuto(options: Pick<CompileOptions, 'target'>) {
    const told: string[] = [];
    const y = await compile(({ x }) => ({ y: tf.neg(x) }), {
      ...options,
      inputs: { x: { shape: [3] } },
      device: 'auto',
      onWarning: (message: string) => told.push(message),
    });
    y.dispose();
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`target "${y.report.target}", device "${y.report.device}"`);
    return y.report;
  }

  it('prefers a GPU, then TensorFlow, and says what it took', async () => {
    const { target, device } = await compileOnAuto({});
    if (device === 'cpu') expect(target).toBe(tensorFlowIsHere ? 'tensorflow' : 'onnx');
  });

  it('keeps to the target that is asked for', async () => {
    expect((await compileOnAuto({ target: 'onnx' })).target).toBe('onnx');
  });
});

describe('compile', () => {
  const double = () => compile(({ x }) => ({ y: tf.mul(x, 2), same: x }), { inputs: { x: { shape: [3] } } });

  it('gives an ONNX file that computes the same, with state as inputs and outputs', async () => {
    const weight = tf.tidy(() => tf.variable(tf.tensor1d([1, 2]), true, 'weight'));
    const step = await compile(
      ({ x }) => {
        weight.assign(tf.sub(weight, x));
        return { total: tf.sum(weight) };
      },
      { inputs: { x: { shape: [2] } } },
    );
    const session = await ort.InferenceSession.create(step.toOnnx());
    const tensor = (...data: number[]) => new ort.Tensor('float32', Float32Array.from(data), [data.length]);
    const outputs = await session.run({ x: tensor(0.5, 0.5), 'state/weight': tensor(1, 2) });
    expect(Array.from(outputs["state/weight'"].data as Float32Array)).toEqual([0.5, 1.5]);
    expect(outputs.total.data[0]).toBe(2);
    await session.release();
    step.dispose();
    weight.dispose();
  });

  it('refuses feeds that do not fit, and says what would', async () => {
    const y = await double();
    const fails = (feeds: object, message: RegExp) => expect(y.run(feeds as never)).rejects.toThrow(message);
    await fails({}, /"x" is missing; this function takes "x"/);
    await fails({ x: Float32Array.of(1, 2) }, /shape \[3\], which is 3 numbers, got 2/);
    await fails({ x: [1, 2, 3] }, /must be a Float32Array, got Array/);
    await fails({ x: Int32Array.of(1, 2, 3) }, /must be a Float32Array, got Int32Array/);
    await fails({ x: Float32Array.of(1, 2, 3), z: Float32Array.of(1) }, /no input "z"/);
    // @ts-expect-error -- the type says what is missing, too
    const error: unknown = await y.run({}).catch((reason: unknown) => reason);
    expect(isGanError(error, 'FEED_INVALID')).toBe(true);
    expect((await y.run({ x: Float32Array.of(1, 2, 3) })).y.data).toEqual(Float32Array.of(2, 4, 6));
    y.dispose();
  });

  it('refuses numbers that are not finite where asked to', async () => {
    const y = await compile(({ x }) => ({ y: tf.neg(x) }), {
      inputs: { x: { shape: [3] } },
      checkFinite: true,
    });
    await expect(y.run({ x: Float32Array.of(1, NaN, 3) })).rejects.toThrow(/holds NaN at position 1/);
    y.dispose();
  });

  it('refuses to work after dispose, which may be called twice', async () => {
    const y = await double();
    y.dispose();
    y.dispose();
    await expect(y.run({ x: new Float32Array(3) })).rejects.toThrow(/disposed/);
    await expect(y.readVariables()).rejects.toThrow(/disposed/);
  });

  it('leaves no session behind where a variable is gone before its content is read', async () => {
    const weight = tf.tidy(() => tf.variable(tf.scalar(1)));
    const create = vi.spyOn(ort.InferenceSession, 'create');
    const compiling = compile(({ x }) => ({ y: tf.mul(weight, x) }), {
      target: 'onnx',
      inputs: { x: { shape: [2] } },
    });
    weight.dispose();
    await expect(compiling).rejects.toThrow('was disposed');
    const sessions = await Promise.all(create.mock.results.map(({ value }) => value as Promise<Session>));
    create.mockRestore();
    expect(sessions).toHaveLength(1);
    const feeds = Object.fromEntries(
      sessions[0].inputNames.map((name) => [
        name,
        name === 'x' ? new ort.Tensor('float32', [1, 2], [2]) : new ort.Tensor('float32', [1], []),
      ]),
    );
    await expect((async () => sessions[0].run(feeds))()).rejects.toThrow(/disposed/);
  });

  it('refuses options that it does not know', async () => {
    const fn = ({ x }: Record<string, tf.Tensor>) => ({ x });
    const inputs = { x: { shape: [3] } };
    await expect(compile(fn, { inputs, target: 'xla' as never })).rejects.toThrow(
      /target must be "onnx" or "tensorflow", got "xla"/,
    );
    await expect(compile(fn, { inputs, device: 'tpu' as never })).rejects.toThrow(/device must be/);
    await expect(compile(fn, { inputs: { x: { shape: [-1] } } })).rejects.toThrow(
      /inputs.x.shape must have whole numbers/,
    );
    await expect(compile(fn, { inputs: { x: {} as never } })).rejects.toThrow(/inputs.x.shape must have/);
    await expect(
      compile(fn, { inputs: { x: { shape: [3], dtype: 'float64' as never } } }),
    ).rejects.toMatchObject({ code: 'OPTION_INVALID', path: 'inputs.x.dtype' });
    await expect(compile(fn, { inputs, tagret: 'onnx' } as never)).rejects.toThrow(
      'compile: tagret is no option; there are inputs, target, device, ',
    );
    await expect(compile(fn, { inputs, passes: { batchNorm: false } as never })).rejects.toThrow(
      /^compile: passes\.batchNorm is no option; there are .*\bbatchNorms\b/,
    );
    for (const threads of [0, 1.5, NaN])
      await expect(compile(fn, { inputs, threads })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });

  it('runs on the WebAssembly build of ONNX Runtime too', async () => {
    const runtime = await import('onnxruntime-web');
    const { step, inputs, feeds, variables, dispose } = gaussianStep({ width: 8, batch: 4 });
    await expectLikeEager({
      target: 'onnx',
      fn: step,
      inputs,
      feeds,
      variables,
      calls: 2,
      options: { runtime: runtime },
    });
    dispose();
  });
});
