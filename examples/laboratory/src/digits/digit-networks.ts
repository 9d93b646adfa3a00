import { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { loadRuntime } from '../training/runtime.js';

/** Of the networks that come with the page. */
const ownLatentCount = 16;
export const side = 28;
const pixels = side * side;

/** A generator and its encoder as files: ONNX. */
export interface NetworkFiles {
  readonly generator: Uint8Array;
  readonly encoder: Uint8Array;
  /** Numbers that the generator makes a digit of. */
  readonly latentCount: number;
}

/** A trained generator and its encoder. */
export interface DigitNetworks {
  readonly latentCount: number;
  /** @returns images of latents, one after the other, row after row, from 0 (ground) to 1 (ink) */
  generate(latents: readonly Float32Array[]): Promise<Float32Array[]>;
  /** @returns the latents of an image */
  encode(image: Float32Array): Promise<Float32Array>;
  close(): Promise<void>;
}

/** The networks that come with the page. */
export async function fetchNetworks(): Promise<NetworkFiles> {
  const read = async (name: string) => {
    const response = await fetch(new URL(`digits/${name}.onnx`, document.baseURI));
    if (!response.ok) throw new Error(`The ${name} cannot be loaded (${response.status}).`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const [generator, encoder] = await Promise.all([read('generator'), read('encoder')]);
  return { generator, encoder, latentCount: ownLatentCount };
}

export async function openNetworks(files: NetworkFiles): Promise<DigitNetworks> {
  await loadRuntime('wasm');
  const { latentCount } = files;
  const open = (file: Uint8Array) => InferenceSession.create(file, { executionProviders: ['wasm'] });
  const generator = await open(files.generator);
  const encoder = await open(files.encoder).catch(async (error: unknown) => {
    await generator.release();
    throw error;
  });
  const run = async (session: InferenceSession, input: Tensor): Promise<Float32Array> => {
    const results = await session.run({ [session.inputNames[0]]: input });
    return results[session.outputNames[0]].data as Float32Array;
  };
  return {
    latentCount,
    async generate(latents) {
      const rows = new Float32Array(latents.length * latentCount);
      latents.forEach((latent, row) => rows.set(latent, row * latentCount));
      const images = await run(generator, new Tensor('float32', rows, [latents.length, latentCount]));
      return latents.map((_, row) => images.slice(row * pixels, (row + 1) * pixels));
    },
    encode: (image) => run(encoder, new Tensor('float32', image, [1, side, side, 1])),
    async close() {
      await generator.release();
      await encoder.release();
    },
  };
}
