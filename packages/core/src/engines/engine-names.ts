/** What a compiled function is lowered to: ONNX Runtime, or TensorFlow. */
export const targetNames = ['onnx', 'tensorflow'] as const;
export type TargetName = (typeof targetNames)[number];

/** Where it runs. `auto` is the fastest that works on the machine. */
export const deviceNames = ['cpu', 'webgpu', 'cuda', 'auto'] as const;
export type Device = (typeof deviceNames)[number];
