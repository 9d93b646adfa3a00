import { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { loadRuntime } from '../training/runtime.js';

export const latentCount = 16;
export const side = 28;
const pixels = side * side;

/** The trained generator and encoder, exported as ONNX. */
export interface DigitNetworks {
  /** @returns images of latents, one after the other, row after row, from 0 (ground) to 1 (ink) */
  generate(latents: readonly Float32Array[]): Promise<Float32Array[]>;
  /** @returns the latents of an image */
  encode(image: Float32Array): Promise<Float32Array>;
}

export async function loadNetworks(): Promise<DigitNetworks> {
  await loadRuntime('wasm');
  const open = async (name: string) => {
    const response = await fetch(new URL(`digits/${name}.onnx`, document.baseURI));
    if (!response.ok) throw new Error(`The ${name} cannot be loaded (${response.status}).`);
    return InferenceSession.create(new Uint8Array(await response.arrayBuffer()), {
      executionProviders: ['wasm'],
    });
  };
  const [generator, encoder] = await Promise.all([open('generator'), open('encoder')]);
  const run = async (session: InferenceSession, input: Tensor): Promise<Float32Array> => {
    const results = await session.run({ [session.inputNames[0]]: input });
    return results[session.outputNames[0]].data as Float32Array;
  };
  return {
    async generate(latents) {
      const rows = new Float32Array(latents.length * latentCount);
      latents.forEach((latent, row) => rows.set(latent, row * latentCount));
      const images = await run(generator, new Tensor('float32', rows, [latents.length, latentCount]));
      return latents.map((_, row) => images.slice(row * pixels, (row + 1) * pixels));
    },
    encode: (image) => run(encoder, new Tensor('float32', image, [1, side, side, 1])),
  };
}
