import { cacheFolder } from '@dist-gan/core';

/** Below the folder for caches: one folder for each build of tfjs-node, `cpu-2.15.1` or `gpu-2.15.1`. */
export const tensorFlowFolder = 'tensorflow';

const packages = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'];

/** Whether there is a tfjs-node to try. Looks, in a few milliseconds, and loads nothing. */
export function isTensorFlowInstalled(): boolean {
  return !installedTensorFlows().next().done;
}

/** Every tfjs-node that is found, in the order in which they are tried. */
export function* installedTensorFlows() {
  const { createRequire } = process.getBuiltinModule('node:module');
  for (const place of placesOfTensorFlow()) {
    const require = createRequire(place);
    for (const name of packages) {
      const entry = resolved(require, name);
      if (entry !== undefined) yield { require, name, entry };
    }
  }
}

/** Files from which Node looks for tfjs-node, in order: the project at hand, this package, `dist-gan setup`. */
function placesOfTensorFlow(): string[] {
  const path = process.getBuiltinModule('node:path');
  const files = [...projectAtHand().map((folder) => path.join(folder, 'package.json')), import.meta.url];
  return [...files, ...builtTensorFlows().map((folder) => path.join(folder, 'package.json'))];
}

/** None where the folder was deleted under the process. */
function projectAtHand(): string[] {
  try {
    return [process.cwd()];
  } catch {
    return [];
  }
}

/** Folders of the builds that `dist-gan setup tensorflow` has made, those for a GPU first, newer before older. */
function builtTensorFlows(): string[] {
  const { existsSync, readdirSync, statSync } = process.getBuiltinModule('node:fs');
  const path = process.getBuiltinModule('node:path');
  const folder = path.join(cacheFolder(), tensorFlowFolder);
  if (!existsSync(folder)) return [];
  const rank = (name: string) => (name.startsWith('gpu-') ? 0 : 1);
  return readdirSync(folder)
    .filter((name) => /^(cpu|gpu)-/.test(name))
    .map((name) => ({ name, made: statSync(path.join(folder, name)).mtimeMs }))
    .sort((a, b) => rank(a.name) - rank(b.name) || b.made - a.made)
    .map(({ name }) => path.join(folder, name));
}

function resolved(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}
