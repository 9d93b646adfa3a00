/**
 * The folder in which `dist-gan setup` keeps engines: `DIST_GAN_CACHE`, or `dist-gan` in the user's folder for
 * caches. Nothing else knows where it is.
 */
export function engineFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const path = process.getBuiltinModule('node:path');
  const { homedir } = process.getBuiltinModule('node:os');
  const { DIST_GAN_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  if (DIST_GAN_CACHE) return DIST_GAN_CACHE;
  if (XDG_CACHE_HOME) return path.join(XDG_CACHE_HOME, 'dist-gan');
  if (process.platform === 'win32' && LOCALAPPDATA) return path.join(LOCALAPPDATA, 'dist-gan');
  return path.join(homedir(), '.cache', 'dist-gan');
}

/** Below the engine folder: one folder for each build of tfjs-node, `cpu-2.15.1` or `gpu-2.15.1`. */
export const tensorFlowFolder = 'tensorflow';

/** Files from which Node looks for tfjs-node, in order: the project at hand, this package, `dist-gan setup`. */
export function placesOfTensorFlow(): string[] {
  const path = process.getBuiltinModule('node:path');
  const files = [path.join(process.cwd(), 'package.json'), import.meta.url];
  return [...files, ...builtTensorFlows().map((folder) => path.join(folder, 'package.json'))];
}

/** Folders of the builds that `dist-gan setup tensorflow` has made, those for a GPU first, newer before older. */
function builtTensorFlows(): string[] {
  const { existsSync, readdirSync, statSync } = process.getBuiltinModule('node:fs');
  const path = process.getBuiltinModule('node:path');
  const folder = path.join(engineFolder(), tensorFlowFolder);
  if (!existsSync(folder)) return [];
  const rank = (name: string) => (name.startsWith('gpu-') ? 0 : 1);
  return readdirSync(folder)
    .filter((name) => /^(cpu|gpu)-/.test(name))
    .map((name) => ({ name, made: statSync(path.join(folder, name)).mtimeMs }))
    .sort((a, b) => rank(a.name) - rank(b.name) || b.made - a.made)
    .map(({ name }) => path.join(folder, name));
}
