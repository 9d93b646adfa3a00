/** The rows of the table: who takes part, how each is started, and what each cannot do. */
import { join } from 'node:path';

const mlps = ['mlp', 'mlp-critic-5'];
const ownConvolutions = ['dcgan', 'resnet-critic'];
const presets = ['cifar10-dcgan', 'cifar10-sncnn'];
const convolutions = [...ownConvolutions, ...presets];
const own = [...mlps, ...ownConvolutions];

/** @param {{ here: string, python: string, bundles: Record<string, string>, compileMode?: string }} where */
export function allRows({ here, python, bundles, compileMode }) {
  const torch = (mode, ...more) => [python, join(here, 'peers', 'torch_peer.py'), '--mode', mode, ...more];
  const jax = (mode, ...more) => [python, join(here, 'peers', 'jax_peer.py'), '--mode', mode, ...more];
  const node = (bundle, ...more) => [process.execPath, bundles[bundle], ...more];
  const noFilterGradient = 'stock wasm has no filter gradient (Conv2DBackpropFilter)';
  const slow = 'minutes a step';
  /** CUDA's libraries read it; ONNX Runtime and TensorFlow would round products of float32 to TF32. */
  const withoutTf32 = { NVIDIA_TF32_OVERRIDE: '0' };
  const quickly = compileMode === undefined ? [] : ['--compile-mode', compileMode];
  const noMovingAverages = 'torch.func cannot update the moving averages of a batch norm';
  const skip = (workloads, reason) => Object.fromEntries(workloads.map((workload) => [workload, reason]));
  return [
    {
      id: 'dist-gan-onnx',
      title: 'dist-gan, compiled, ONNX Runtime',
      command: node('compiled-peer'),
      devices: ['cpu', 'cuda', 'webgpu'],
      environment: withoutTf32,
    },
    {
      id: 'dist-gan-onnx-tf32',
      title: 'dist-gan, compiled, ONNX Runtime, TF32',
      command: node('compiled-peer'),
      devices: ['cuda'],
    },
    {
      id: 'dist-gan-tensorflow',
      title: 'dist-gan, compiled, TensorFlow',
      command: node('compiled-peer', '--mode', 'tensorflow'),
      devices: ['cpu', 'cuda'],
      environment: withoutTf32,
    },
    {
      id: 'dist-gan-tensorflow-tf32',
      title: 'dist-gan, compiled, TensorFlow, TF32',
      command: node('compiled-peer', '--mode', 'tensorflow'),
      devices: ['cuda'],
    },
    {
      id: 'tfjs-cpu',
      title: 'TensorFlow.js eager, cpu',
      command: node('tfjs-peer', '--mode', 'cpu'),
      threads: [1],
      skip: skip(convolutions, slow),
    },
    {
      id: 'tfjs-wasm',
      title: 'TensorFlow.js eager, wasm',
      command: node('tfjs-peer', '--mode', 'wasm'),
      skip: skip(convolutions, noFilterGradient),
    },
    {
      id: 'jax-js',
      title: 'jax-js jit, wasm',
      command: node('jax-js-peer'),
      threads: [1],
      only: mlps,
    },
    { id: 'torch-eager', title: 'PyTorch eager', command: torch('eager'), devices: ['cpu', 'cuda'] },
    {
      id: 'torch-eager-nhwc',
      title: 'PyTorch eager, channels_last',
      command: torch('eager', '--layout', 'nhwc'),
      devices: ['cpu', 'cuda'],
      only: convolutions,
    },
    {
      id: 'torch-compile',
      title: 'torch.compile',
      command: torch('compile', ...quickly),
      devices: ['cpu', 'cuda'],
      skip: skip(presets, noMovingAverages),
    },
    {
      id: 'torch-compile-tf32',
      title: 'torch.compile, TF32',
      command: torch('compile', '--tf32', ...quickly),
      devices: ['cuda'],
      only: own,
    },
    {
      id: 'torch-cuda-graph',
      title: 'PyTorch, one CUDA graph',
      command: torch('cuda-graph'),
      devices: ['cuda'],
      only: own,
    },
    {
      id: 'torch-cuda-graph-tf32',
      title: 'PyTorch, one CUDA graph, TF32, channels_last',
      command: torch('cuda-graph', '--tf32', '--layout', 'nhwc'),
      devices: ['cuda'],
      only: ownConvolutions,
    },
    {
      id: 'torch-eager-tf32',
      title: 'PyTorch eager, TF32, channels_last',
      command: torch('eager', '--tf32', '--layout', 'nhwc'),
      devices: ['cuda'],
      only: ownConvolutions,
    },
    { id: 'jax-jit', title: 'JAX jit', command: jax('jit'), devices: ['cpu', 'cuda'], only: own },
    {
      id: 'jax-jit-tf32',
      title: 'JAX jit, TF32',
      command: jax('jit', '--tf32'),
      devices: ['cuda'],
      only: ownConvolutions,
    },
    {
      id: 'jax-fori-loop',
      title: 'JAX fori_loop',
      command: jax('fori-loop'),
      devices: ['cpu', 'cuda'],
      only: mlps,
    },
  ];
}

/** Why a row takes no part in a scenario, or undefined where it does. */
export function reasonToSkip(row, { workload, threads, device }) {
  if (!(row.devices ?? ['cpu']).includes(device)) return { silent: true };
  if (row.only && !row.only.includes(workload)) return { silent: true };
  if (device === 'cpu' && row.threads && !row.threads.includes(threads)) return { silent: true };
  const reason = row.skip?.[workload];
  return reason ? { silent: false, reason } : undefined;
}
