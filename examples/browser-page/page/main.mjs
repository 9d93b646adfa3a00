/** The page: reads its address, trains, and shows what the run tells. */
import { LossCurve } from './loss-curve.mjs';
import { drawPlane } from './plane.mjs';
import { dataset, preset, train } from './training.mjs';

const element = (id) => document.getElementById(id);
const address = new URLSearchParams(location.search);
const number = (key) => (address.has(key) ? Number(address.get(key)) : undefined);

const device = address.get('device') ?? 'cpu';
const steps = number('steps') ?? preset.steps;
const { centres, registrationRadius } = dataset.mixture;
const real = dataset.batch(Array.from({ length: 3000 }, (_, i) => Math.floor((i * dataset.size) / 3000)));
const phases = ['reconstruction', 'discriminator', 'generator'];
const curves = phases.map((phase) => new LossCurve(element('losses'), phase));
/** The losses of every step. */
const losses = [];
const stop = new AbortController();

element('modes-of').textContent = `of ${centres.length} modes covered`;
element('stop').addEventListener('click', () => stop.abort());
show(new Float32Array());

/** For the browser's console: `const { result } = await training; await result.generate(5)`. */
globalThis.training = run();

async function run() {
  try {
    const result = await train({
      seed: number('seed') ?? 0,
      steps,
      every: number('every') ?? 20,
      compiler: { device, threads: number('threads'), runtime: await loadRuntime(device) },
      callbacks: {
        onStart({ engine }) {
          element('engine').textContent = `${engine.engine}, ${device === 'cpu' ? 'wasm' : device}`;
          element('progress').max = steps;
          element('stop').disabled = false;
        },
        onStep(event) {
          losses.push(event.losses);
          curves.forEach((curve) => curve.add(event.losses[`${curve.phase}/total`]));
          element('step').textContent = `${event.step} of ${steps}`;
          element('progress').value = event.step;
        },
        onEvaluation({ step, samples, results, seconds }) {
          show(samples.data, results);
          curves.forEach((curve) => curve.draw());
          element('speed').textContent = `${(step / seconds).toFixed(1)} steps a second`;
          element('time').textContent = `${seconds.toFixed(0)} s`;
        },
      },
      signal: stop.signal,
    });
    return { result, losses };
  } catch (error) {
    notify(error);
    return { error, losses };
  } finally {
    element('stop').disabled = true;
  }
}

/** ONNX Runtime as the page's import map resolves it: the build for the CPU is half as large as that for WebGPU. */
function loadRuntime(device) {
  return device === 'webgpu' ? import('onnxruntime-web/webgpu') : import('onnxruntime-web/wasm');
}

function show(generated, results = []) {
  const resultOf = (wanted) => results.find(({ id }) => id === wanted);
  const covered = resultOf('modes-covered');
  drawPlane(element('plane'), {
    real,
    generated,
    modes: {
      centres,
      radius: registrationRadius,
      covered: covered?.modes.map((mode) => mode.covered) ?? [],
    },
  });
  element('modes').textContent = covered?.value ?? 0;
  if (results.length > 0) {
    element('registered').textContent = `${resultOf('registered-points').value} of ${generated.length / 2}`;
  }
}

function notify(error) {
  element('step').textContent = 'ended';
  element('notice').hidden = false;
  element('notice').textContent = `${error.message} `;
  if (device === 'cpu') return;
  const link = document.createElement('a');
  link.href = '?device=cpu';
  link.textContent = 'Train on the CPU.';
  element('notice').append(link);
}
