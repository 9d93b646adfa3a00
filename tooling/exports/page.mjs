/** What a page does with exported layers. TensorFlow.js is stock, but for networks with layers of ours, which are registered first. */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { registerCustomObjects } from '@dist-gan/architectures';

globalThis.version = () => tf.version_core;

/** The first output of a network at an address, in inference mode. */
globalThis.predict = async ({ address, inputs }) => {
  const topology = await (await globalThis.fetch(address)).text();
  if (topology.includes('DistGan')) registerCustomObjects();
  const network = await loadLayersModel(address);
  const output = tf.tidy(() => {
    const given = inputs.map(([data, shape]) => tf.tensor(data, shape));
    const made = network.predict(given.length === 1 ? given[0] : given);
    return [made].flat()[0].dataSync().slice();
  });
  network.dispose();
  return [...output];
};
