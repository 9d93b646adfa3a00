/**
 * Switches the telemetry of ONNX Runtime off for this process, where its environment does not say otherwise
 * (`ORT_DISABLE_TELEMETRY`). From version 1.29 on, on Linux and macOS, the engine keeps an identifier of the machine in
 * the user's folder for caches and reports its sessions to its makers. It looks at the variable when it starts, so this
 * comes before the module is loaded. In a worker thread of Node `process.env` is a copy that the engine does not see:
 * there, the variable must be set where the process starts.
 *
 * Source: ONNX Runtime, docs/Privacy.md; onnxruntime/core/platform/posix/telemetry.cc
 */
export function switchOffTelemetry(): void {
  if (typeof process !== 'undefined') process.env.ORT_DISABLE_TELEMETRY ??= '1';
}

/**
 * How to install `onnxruntime-node`, as an error says it: on Linux its install script would fetch CUDA libraries from
 * NuGet, and without NuGet the install would fail. The CPU engine is in the npm package.
 */
export const installOnnxRuntime = 'ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node';
