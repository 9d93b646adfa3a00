import type { Generators } from '../sources/source.js';

/** The part of ONNX Runtime's interface that is used here. */
interface Runtime {
  readonly env: { readonly wasm: { wasmPaths?: string; numThreads?: number } };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => OnnxTensor;
  readonly InferenceSession: { create(network: Uint8Array): Promise<Session> };
}

interface OnnxTensor {
  readonly data: Float32Array;
}

interface Session {
  readonly inputMetadata: readonly { readonly name: string; readonly shape?: readonly (number | string)[] }[];
  run(inputs: Record<string, OnnxTensor>): Promise<Record<string, OnnxTensor>>;
  release(): Promise<void>;
}

let loading: Promise<Runtime> | undefined;

async function loadRuntime(folder: string): Promise<Runtime> {
  const runtime = await (import(`${folder}ort.wasm.min.mjs`) as Promise<Runtime>).catch((cause: unknown) => {
    throw new Error('onnxruntime-web is missing; npm install onnxruntime-web beside dist-gan brings it', {
      cause,
    });
  });
  runtime.env.wasm.wasmPaths = folder;
  // Several threads want a page that is isolated from others; a generator is small.
  runtime.env.wasm.numThreads = 1;
  return runtime;
}

/** A generator that runs in this page. */
export class PageGenerator {
  private constructor(
    private readonly runtime: Runtime,
    private readonly session: Session,
    private readonly dimension: number,
  ) {}

  static async load(generators: Generators, run: string, dimension: number): Promise<PageGenerator> {
    const network = await generators.onnx(run);
    loading ??= loadRuntime(generators.runtime);
    try {
      const runtime = await loading;
      return new PageGenerator(runtime, await runtime.InferenceSession.create(network), dimension);
    } catch (error) {
      loading = undefined;
      throw error;
    }
  }

  /** How many classes it is conditioned on; 0: none. */
  get classes(): number {
    return Number(this.session.inputMetadata.find(({ name }) => name === 'labels')?.shape?.[1] ?? 0);
  }

  /**
   * @param latents `[count, dimension]`
   * @param label of a generator with classes: the one that all samples shall be of
   * @returns `[count, ...sampleShape]`
   */
  async generate(latents: Float32Array, label: number): Promise<Float32Array> {
    const { classes, dimension } = this;
    const { Tensor } = this.runtime;
    const count = latents.length / dimension;
    const inputs: Record<string, OnnxTensor> = {
      latents: new Tensor('float32', latents, [count, dimension]),
    };
    if (classes > 0) {
      const labels = new Float32Array(count * classes).map((_, i) => (i % classes === label ? 1 : 0));
      inputs.labels = new Tensor('float32', labels, [count, classes]);
    }
    return (await this.session.run(inputs)).samples.data;
  }

  async dispose(): Promise<void> {
    await this.session.release();
  }
}
