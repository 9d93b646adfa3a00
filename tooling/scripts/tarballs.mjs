/** Packs the built packages that are published, as a registry would get them. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, root } from './workspace.mjs';

export const published = readdirSync(join(root, 'packages'))
  .map((folder) => {
    const path = join(root, 'packages', folder);
    return { folder, path, manifest: JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) };
  })
  .filter(({ manifest }) => manifest.private !== true);

/** Packs every package into `folder`, which is made; returns each name with the `file:` specifier of its tarball. */
export function packInto(folder) {
  mkdirSync(folder);
  const filters = published.map(({ manifest }) => `--filter=${manifest.name}`);
  const words = [...filters, '--recursive', 'pack', '--pack-destination', folder];
  const { status, stdout, stderr, error } = capture('pnpm', ...words);
  if (status !== 0)
    throw new Error(`the packages cannot be packed; run pnpm build first\n${stdout}${stderr}${error ?? ''}`);
  return new Map(
    published.map(({ manifest: { name, version } }) => [
      name,
      `file:${join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)}`,
    ]),
  );
}
