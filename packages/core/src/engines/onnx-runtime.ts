import { cacheFolder } from '../cache-folder/index.js';
import { BackendError } from '../errors/index.js';

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

/** Below the folder for caches: one folder for each version of onnxruntime-node that `dist-gan setup onnx` has brought. */
export const onnxRuntimeFolder = 'onnxruntime';

/** An onnxruntime-node that has been loaded. */
export interface LoadedOnnxRuntime<Module> {
  readonly module: Module;
  /** Of the package. */
  readonly folder: string;
}

const name = 'onnxruntime-node';

/**
 * Loads onnxruntime-node, its telemetry switched off: the one that the caller's package sees, that of the working
 * folder's project, or that of `dist-gan setup onnx`, whichever is found first and loads. Node only.
 *
 * @param caller begins the error
 * @param from `import.meta.url` of the caller
 * @throws BackendError there is none, or none that loads
 */
export function loadOnnxRuntimeNode<Module>(caller: string, from: string): LoadedOnnxRuntime<Module> {
  switchOffTelemetry();
  const { createRequire } = process.getBuiltinModule('node:module');
  const path = process.getBuiltinModule('node:path');
  const failures: string[] = [];
  let cause: unknown;
  for (const place of [from, ...otherPlaces()]) {
    const require = createRequire(place);
    const manifest = orNone(() => require.resolve(`${name}/package.json`));
    if (manifest === undefined) continue;
    const folder = path.dirname(manifest);
    try {
      return { module: require(name) as Module, folder };
    } catch (error) {
      cause = error;
      failures.push(`${folder}: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  const found = failures.length > 0 ? `does not load (${failures.join('; ')})` : 'is not installed';
  throw new BackendError(`${caller}: ${name} ${found}; ${wayOut}`, name, { cause });
}

/**
 * npm and Yarn 1 run the package's script, which fetches CUDA libraries from NuGet on Linux and fails without it; the
 * CPU engine is in the npm package.
 */
const wayOut =
  `install it with ONNXRUNTIME_NODE_INSTALL=skip npm install ${name} (or pnpm add, yarn add; the variable keeps its ` +
  'script from fetching CUDA libraries), or bring one for all projects with npx dist-gan setup onnx';

/** Files from which Node looks for the package, beside the caller. */
function otherPlaces(): string[] {
  const { readdirSync } = process.getBuiltinModule('node:fs');
  const path = process.getBuiltinModule('node:path');
  const brought = path.join(cacheFolder(), onnxRuntimeFolder);
  const newestFirst = (orNone(() => readdirSync(brought)) ?? [])
    .filter((version) => /^\d/.test(version))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  // There is no working folder where it has been deleted.
  const project = orNone(() => process.cwd());
  const folders = newestFirst.map((version) => path.join(brought, version));
  return [...(project === undefined ? [] : [project]), ...folders].map((folder) =>
    path.join(folder, 'package.json'),
  );
}

function orNone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
