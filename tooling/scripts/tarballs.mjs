/** Packs the built packages that are published, as a registry would get them. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './workspace.mjs';

export const published = readdirSync(join(root, 'packages'))
  .map((folder) => {
    const path = join(root, 'packages', folder);
    return { folder, path, manifest: JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) };
  })
  .filter(({ manifest }) => manifest.private !== true);

/** Packs every package into `folder`, which is made; returns each name with the `file:` specifier of its tarball. */
export function packInto(folder) {
  mkdirSync(folder);
  const files = new Map();
  for (const { path, manifest } of published) {
    const before = new Set(readdirSync(folder));
    const { status, stdout, stderr, error } = spawnSync('pnpm', ['pack', '--pack-destination', folder], {
      cwd: path,
      encoding: 'utf8',
    });
    if (status !== 0)
      throw new Error(
        `${manifest.name} cannot be packed; run pnpm build first\n${stdout ?? ''}${stderr ?? ''}${error ?? ''}`,
      );
    const [file] = readdirSync(folder).filter((name) => !before.has(name));
    files.set(manifest.name, `file:${join(folder, file)}`);
  }
  return files;
}
