import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';

const packages = fileURLToPath(new URL('../../packages', import.meta.url));

/** Folders of packages by their names, and the names of the packages that they need. */
const manifests = new Map(
  readdirSync(packages).map((folder) => {
    const { name, dependencies = {} } = JSON.parse(
      readFileSync(join(packages, folder, 'package.json'), 'utf8'),
    );
    return [name, { folder: join(packages, folder), needs: Object.keys(dependencies) }];
  }),
);

/** A configuration may use packages before its own: each comes after those that it needs. */
function* inOrder(names, seen = new Set()) {
  for (const name of names) {
    const manifest = manifests.get(name);
    if (manifest === undefined || seen.has(name)) continue;
    seen.add(name);
    yield* inOrder(manifest.needs, seen);
    yield manifest.folder;
  }
}

/**
 * Builds the code of the command line and of the packages that it needs, without declarations, in this one process: a few seconds where
 * `pnpm build`, which builds what is published, takes a minute.
 */
export async function buildCode() {
  const start = process.cwd();
  for (const folder of inOrder(['dist-gan'])) {
    process.chdir(folder);
    // Declarations of an earlier build stay.
    await build({ clean: false, onSuccess: async () => {}, silent: true });
  }
  process.chdir(start);
}
