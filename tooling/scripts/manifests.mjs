/**
 * `npm run manifests`: what all published packages have in common stands in the root's package.json alone (license, author,
 * engines, and `repository`, which the owner enters there) and is written from there into every manifest. With `--publishable`
 * nothing is written: it ends with an error where something is missing that a registry wants.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { published } from './tarballs.mjs';
import { root } from './workspace.mjs';

/** The address that people open. */
function webAddress(repository) {
  if (!/^(git\+)?https:\/\/[^/]+\/\S+$/.test(repository))
    throw new Error(
      `package.json: repository is ${JSON.stringify(repository)}; wanted its address, https://<host>/<owner>/<name>`,
    );
  return repository.replace(/^git\+/, '').replace(/(\.git)?\/?$/, '');
}

/**
 * What the root's manifest says for all.
 *
 * @typedef {{ license?: string; author?: string; engines?: { node: string }; repository?: string }} Common
 */

/**
 * A package's manifest as it is to be, from its folder in `packages` and the root's manifest.
 *
 * @param {Record<string, any>} manifest
 * @param {string} folder
 * @param {Common} common
 */
export function completed(manifest, folder, { license, author, engines, repository }) {
  const common = { license, author };
  if (repository !== undefined) {
    const address = webAddress(repository);
    Object.assign(common, {
      homepage: `${address}/tree/main/packages/${folder}#readme`,
      bugs: `${address}/issues`,
      repository: { type: 'git', url: `git+${address}.git`, directory: `packages/${folder}` },
    });
  }
  const { name, version, description, keywords, ...rest } = manifest;
  for (const field of ['license', 'author', 'homepage', 'bugs', 'repository']) delete rest[field];
  return { name, version, description, keywords, ...common, ...rest, engines };
}

/** What is wrong with a manifest that is about to be published; nothing, where nothing is. */
export function unpublishable(manifest) {
  const wanted = [
    ['description', manifest.description],
    ['keywords', manifest.keywords?.length],
    ['license', manifest.license],
    ['author', manifest.author],
    ['engines', manifest.engines?.node],
    ['publishConfig.access', manifest.publishConfig?.access === 'public'],
    // Without it a registry refuses provenance.
    ['repository', manifest.repository?.url],
  ];
  return wanted.filter(([, value]) => !value).map(([field]) => field);
}

/** @returns {Common} */
export const rootManifest = () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

function main() {
  const common = rootManifest();
  if (process.argv.includes('--publishable')) {
    const complaints = published.flatMap(({ manifest }) => {
      const missing = unpublishable(manifest);
      return missing.length > 0 ? [`  ${manifest.name} lacks ${missing.join(', ')}`] : [];
    });
    if (complaints.length === 0) return;
    console.error(`error: these packages cannot be published:\n${complaints.join('\n')}`);
    console.error(
      common.repository === undefined
        ? 'Enter the address of the public repository as "repository" in package.json, then: npm run manifests'
        : 'npm run manifests writes what they have in common.',
    );
    process.exitCode = 1;
    return;
  }
  let manifests;
  try {
    manifests = published.map(({ folder, path, manifest }) => [path, completed(manifest, folder, common)]);
  } catch (error) {
    console.error(`error: ${error.message}`);
    process.exitCode = 2;
    return;
  }
  for (const [path, manifest] of manifests)
    writeFileSync(join(path, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
