/** A release of the last commit in a copy of the repository: version and changelogs by changesets, build, publish. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workspace.mjs';

function command(cwd, env, ...words) {
  const [file, ...args] = words;
  const { status, stdout, stderr, error } = spawnSync(file, args, { cwd, env, encoding: 'utf8' });
  if (status === 0) return stdout;
  throw new Error(`${words.join(' ')} ended with ${status}\n${stdout ?? ''}${stderr ?? ''}${error ?? ''}`);
}

function edit(file, change) {
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  change(manifest);
  writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Releases into the registry at `url`, from a new copy in `folder`; returns the version. */
export function release(folder, url) {
  const copy = join(folder, 'copy');
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const own = process.env;
  command(root, own, 'git', 'clone', '--quiet', root, copy);
  command(copy, own, 'pnpm', 'install', '--frozen-lockfile', '--prefer-offline', '--loglevel=warn');
  command(copy, own, 'pnpm', 'exec', 'changeset', 'version');

  // An address that leads nowhere stands for the owner's, where there is none yet.
  edit(join(copy, 'package.json'), (manifest) => {
    manifest.repository ??= 'https://forge.example/owner/dist-gan';
  });
  command(copy, own, 'node', 'tooling/scripts/manifests.mjs');
  command(copy, own, 'node', 'tooling/scripts/manifests.mjs', '--publishable');

  const packages = readdirSync(join(copy, 'packages')).map((name) => join(copy, 'packages', name));
  for (const path of packages) {
    if (!existsSync(join(path, 'CHANGELOG.md'))) throw new Error(`${path}: changesets wrote no changelog`);
    // Whatever the one who runs this is logged in to: each package knows this registry and no other.
    edit(join(path, 'package.json'), (manifest) => {
      manifest.publishConfig.registry = url;
    });
  }
  command(copy, own, 'pnpm', 'build');

  writeFileSync(join(home, '.npmrc'), `registry=${url}\n${url.replace(/^http:/, '')}:_authToken=rehearsal\n`);
  command(
    copy,
    { ...own, HOME: home, npm_config_registry: url, npm_config_userconfig: join(home, '.npmrc') },
    'node',
    'node_modules/@changesets/cli/bin.js',
    'publish',
    '--no-git-tag',
  );
  return JSON.parse(readFileSync(join(packages[0], 'package.json'), 'utf8')).version;
}
