import * as tf from '@tensorflow/tfjs-core';
import * as ort from 'onnxruntime-node';
import { afterEach, describe, expect, it } from 'vitest';
import { compile } from '../../compile/compile.js';
import type { OnnxRuntime } from './runtime.js';

/** What onnxruntime-web is to the compiler: it keeps what it is asked for, and adds one to the state. */
function webRuntime({ failure }: { failure?: string } = {}) {
  const asked = { options: [] as Record<string, unknown>[], tensors: [] as FakeTensor[], released: 0 };
  class FakeTensor {
    disposed = false;
    constructor(
      readonly type: never,
      readonly data: never,
      readonly dims: readonly number[],
    ) {
      asked.tensors.push(this);
    }
    dispose() {
      this.disposed = true;
    }
  }
  const runtime: OnnxRuntime & { env: { wasm: { numThreads?: number } } } = {
    env: { wasm: {}, versions: { web: '0.0.0' } },
    Tensor: FakeTensor,
    InferenceSession: {
      create: (_model, options) => {
        asked.options.push(options as Record<string, unknown>);
        if (failure !== undefined) return Promise.reject(new Error(failure));
        return Promise.resolve({
          run: (feeds: Record<string, { data: Float32Array }>, fetches: object) =>
            Promise.resolve(
              Object.fromEntries(
                Object.keys(fetches).map((name) => {
                  const data = Object.values(feeds)[0].data.map((value) => value + 1);
                  return [name, new FakeTensor('float32' as never, data as never, [2])];
                }),
              ),
            ),
          release: () => {
            asked.released++;
            return Promise.resolve();
          },
        });
      },
    },
  };
  return { runtime, asked };
}

let variable: tf.Variable | undefined;
afterEach(() => variable?.dispose());

function compileCounter(options: Partial<Parameters<typeof compile>[1]>) {
  const counter = (variable = tf.tidy(() => tf.variable(tf.tensor1d([0, 10]))));
  const count = () => {
    counter.assign(tf.add(counter, 1));
    return {};
  };
  return compile(count, { inputs: {}, ...options });
}

describe('a program on onnxruntime-web', () => {
  it('asks for the device and for nothing that could stand in for it', async () => {
    for (const device of ['cpu', 'webgpu'] as const) {
      const { runtime, asked } = webRuntime();
      const compiled = await compileCounter({ runtime, device });
      expect(asked.options[0].executionProviders).toEqual([device]);
      compiled.dispose();
      variable!.dispose();
    }
  });

  it('says what a device that is not there takes', async () => {
    const failures = [
      'Failed to get GPU adapter. You may need to enable flag "--enable-unsafe-webgpu"',
      'WebGPU is not supported in current environment',
      'Failed to get a WebGPU adapter: No supported adapters',
    ];
    for (const failure of failures) {
      const attempt = compileCounter({ runtime: webRuntime({ failure }).runtime, device: 'webgpu' });
      await expect(attempt).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
      await expect(attempt).rejects.toThrow(/no WebGPU device here .* Or use device "cpu"/);
      variable!.dispose();
    }
    await expect(
      compileCounter({ runtime: webRuntime({ failure: 'out of memory' }).runtime }),
    ).rejects.toThrow('cannot make a session on device "cpu": out of memory');
  });

  it('takes its number of threads', async () => {
    const { runtime } = webRuntime();
    const compiled = await compileCounter({ runtime, threads: 3 });
    expect(runtime.env.wasm.numThreads).toBe(3);
    compiled.dispose();
  });

  it('keeps the tensors of the last step only, and none once it is disposed', async () => {
    const { runtime, asked } = webRuntime();
    const compiled = await compileCounter({ runtime });
    for (let call = 0; call < 3; call++) await compiled.run({});
    expect(asked.tensors.filter(({ disposed }) => !disposed)).toHaveLength(1);
    await compiled.readVariables();
    expect(Array.from(variable!.dataSync())).toEqual([3, 13]);
    compiled.dispose();
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked.released).toBe(1);
    expect(asked.tensors.filter(({ disposed }) => !disposed)).toHaveLength(0);
  });
});

describe('a program on onnxruntime-node', () => {
  it('is measured on one thread and on all where there are many small products, and begins with the given state', async () => {
    const asked: unknown[] = [];
    let released = 0;
    const runtime = {
      ...ort,
      InferenceSession: {
        create: async (model: Uint8Array, options: ort.InferenceSession.SessionOptions) => {
          asked.push(options.intraOpNumThreads);
          const session = await ort.InferenceSession.create(model, options);
          const release = () => {
            released++;
            return session.release();
          };
          return { run: session.run.bind(session), release };
        },
      },
    } as unknown as OnnxRuntime;
    const counter = (variable = tf.tidy(() => tf.variable(tf.scalar(3))));
    const products = ({ x }: Record<string, tf.Tensor>) => {
      counter.assign(tf.add(counter, 1));
      const half = tf.mul(0.5, tf.eye(128));
      return { y: Array.from({ length: 8 }, () => half).reduce((y, matrix) => tf.matMul(y, matrix), x) };
    };
    const inputs = { x: { shape: [128, 128] } };
    const compiled = await compile(products, { inputs, runtime });
    expect(asked).toEqual([1, undefined]);
    expect(released).toBe(1);
    expect(asked).toContain(compiled.report.threads);
    const { y } = await compiled.run({ x: new Float32Array(128 * 128).fill(256) });
    expect(new Set(y.data)).toEqual(new Set([1]));
    await compiled.readVariables();
    expect(counter.dataSync()[0]).toBe(4);
    compiled.dispose();

    const given = await compile(products, { inputs, runtime, threads: 2 });
    expect(asked).toEqual([1, undefined, 2]);
    expect(given.report.threads).toBe(2);
    given.dispose();
  });
});
