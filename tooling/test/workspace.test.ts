import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { completed, rootManifest, unpublishable } from '../scripts/manifests.mjs';
import { importDirections, testOnlyImports } from '../lint/import-directions.mjs';

interface Manifest {
  name: string;
  version: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const packageNames = readdirSync(new URL('packages', root));
const manifest = (name: string): Manifest => JSON.parse(read(`packages/${name}/package.json`)) as Manifest;

/** The versions of a package that the lock file installs. */
function lockedVersions(lock: string, name: string): string[] {
  const entry = new RegExp(`^  '?${name.replace('/', '\\/')}@([^(:']+)'?:`, 'gm');
  return [...new Set([...lock.matchAll(entry)].map((match) => match[1]))];
}

/** Folders of the packages of this workspace that are depended on. */
const internal = (dependencies: Record<string, string> = {}): string[] =>
  packageNames.filter((folder) => manifest(folder).name in dependencies);

/** What a package needs for its declarations alone, or what imports its own peers so. */
const importedForTypes = (name: string): string[] =>
  name === 'presets' ? internal(manifest('presets').dependencies) : ['core'];

describe('the workspace', () => {
  it('installs exactly one copy of each TensorFlow.js package', () => {
    const lock = read('pnpm-lock.yaml');
    for (const name of ['tfjs-core', 'tfjs-layers', 'tfjs-backend-cpu', 'tfjs-backend-wasm']) {
      expect(lockedVersions(lock, `@tensorflow/${name}`), name).toEqual(['4.22.0']);
    }
  });

  it('would notice a second copy', () => {
    const lock =
      "packages:\n\n  '@tensorflow/tfjs-core@4.22.0':\n    x: 1\n\n  '@tensorflow/tfjs-core@4.21.0':\n    x: 1\n";
    expect(lockedVersions(lock, '@tensorflow/tfjs-core')).toEqual(['4.22.0', '4.21.0']);
  });

  it('has a row in the table of import directions for every package', () => {
    expect(Object.keys(importDirections).sort()).toEqual([...packageNames].sort());
  });

  it.each(packageNames)('%s declares no dependency that its row does not allow', (name) => {
    const allowed: string[] = importDirections[name as keyof typeof importDirections];
    const inTests = [...allowed, 'testing', ...((testOnlyImports as Record<string, string[]>)[name] ?? [])];
    expect(internal(manifest(name).dependencies).filter((other) => !allowed.includes(other))).toEqual([]);
    expect(internal(manifest(name).devDependencies).filter((other) => !inTests.includes(other))).toEqual([]);
  });

  // Package managers give a package what it declares and nothing else: Yarn's Plug'n'Play to the letter. An optional
  // peer that a package between does not declare, too, is not there for the one that would load it.
  it.each(packageNames.filter((name) => name !== 'cli'))('%s hands on the peers of what it loads', (name) => {
    const { dependencies, optionalDependencies, peerDependencies } = manifest(name);
    const declared = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
    const loaded = internal(dependencies).filter((other) => !importedForTypes(name).includes(other));
    const peers = loaded.flatMap((other) => Object.keys(manifest(other).peerDependencies ?? {}));
    expect(peers.filter((peer) => !declared.includes(peer))).toEqual([]);
  });

  const loadsOnnxRuntime = (name: string): boolean => {
    const { dependencies, optionalDependencies, peerDependencies } = manifest(name);
    const declared = { ...dependencies, ...optionalDependencies, ...peerDependencies };
    return 'onnxruntime-node' in declared || '@dist-gan/compiler' in declared;
  };

  it.each(packageNames.filter(loadsOnnxRuntime))(
    '%s says what becomes of the telemetry of its engine',
    (name) => {
      expect(read(`packages/${name}/README.md`)).toMatch(/ORT_DISABLE_TELEMETRY|SECURITY\.md/);
    },
  );

  it('sets ONNXRUNTIME_NODE_INSTALL in every line that installs onnxruntime-node', () => {
    const documents = readdirSync(new URL('docs', root), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md') && !/^(node_modules|reference)\W/.test(path))
      .map((path) => `docs/${path.replaceAll('\\', '/')}`);
    const readmes = ['README.md', ...packageNames.map((name) => `packages/${name}/README.md`)];
    const pages = [...readmes, ...documents].map((path) => read(path).replaceAll('\\\n', ' '));
    const lines = pages
      .flatMap((page) => page.split('\n'))
      .filter((line) =>
        /^(\w+=\S+ )*(npx dist-gan train|npm install .*(onnxruntime-node|dist-gan( |$)))/.test(line),
      );
    expect(lines.length).toBeGreaterThan(4);
    expect(lines.filter((line) => !line.startsWith('ONNXRUNTIME_NODE_INSTALL=skip '))).toEqual([]);
  });

  it('has changesets of packages that exist', () => {
    const names = packageNames.map((name) => manifest(name).name);
    const changesets = readdirSync(new URL('.changeset', root)).filter((file) => file.endsWith('.md'));
    const named = changesets.flatMap((file) => {
      const [, front = ''] = read(`.changeset/${file}`).split(/^---$/m);
      return [...front.matchAll(/^['"]?([^'":]+)['"]?: (?:major|minor|patch)$/gm)].map((match) => match[1]);
    });
    expect([...new Set(named)].filter((name) => !names.includes(String(name)))).toEqual([]);
  });

  // A version out of the range of a peer is a new major version of whoever has that peer, by changesets' rule.
  it.each(packageNames)('%s has peers of this workspace that stay peers at the next version', (name) => {
    const own = Object.entries(manifest(name).peerDependencies ?? {}).filter(([key]) =>
      key.startsWith('@dist-gan/'),
    );
    expect(own.filter(([, range]) => range !== 'workspace:0.x')).toEqual([]);
  });

  it.each(packageNames)('%s has what all manifests have in common from the root', (name) => {
    expect(read(`packages/${name}/package.json`)).toBe(
      `${JSON.stringify(completed(manifest(name), name, rootManifest()), null, 2)}\n`,
    );
  });

  it('lets packages be published when the address of the repository is entered', () => {
    for (const address of ['https://forge.example/owner/name', 'git+https://forge.example/owner/name.git']) {
      const filled = completed(manifest('losses'), 'losses', { ...rootManifest(), repository: address });
      expect(unpublishable(filled)).toEqual([]);
      expect(filled).toMatchObject({
        homepage: 'https://forge.example/owner/name/tree/main/packages/losses#readme',
        bugs: 'https://forge.example/owner/name/issues',
        repository: {
          url: 'git+https://forge.example/owner/name.git',
          directory: 'packages/losses',
        },
      });
    }
    expect(unpublishable(completed(manifest('losses'), 'losses', {}))).toEqual([
      'license',
      'author',
      'engines',
      'repository',
    ]);
    expect(() => completed(manifest('losses'), 'losses', { repository: 'owner/name' })).toThrow(
      'https://<host>/<owner>/<name>',
    );
  });

  it.each(packageNames)('%s runs no script at installation', (name) => {
    expect(read(`packages/${name}/package.json`)).not.toMatch(/"(pre|post)?install":/);
  });
});
