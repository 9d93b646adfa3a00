/** Package managers: how each installs from a registry, and how it runs what it installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Both Yarns, beside which npm and pnpm are there already, and whatever else `packages` names. */
export function installTools(folder, packages = [], settings = {}) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, ...settings }));
  const names = ['yarn@1.22.22', '@yarnpkg/cli-dist@4.18.1', ...packages];
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...names], {
    cwd: folder,
    stdio: 'inherit',
  });
  if (status !== 0 || !existsSync(join(folder, 'node_modules/yarn')))
    throw new Error(`${names.join(', ')} cannot be installed`);
}

export function managersOf(tools, registry) {
  const classic = join(tools, 'node_modules/yarn/bin/yarn.js');
  const berry = join(tools, 'node_modules/@yarnpkg/cli-dist/bin/yarn.js');
  const modern = { install: ['node', berry, 'install'], run: ['node', berry, 'run'] };
  return {
    npm: {
      install: ['npm', 'install', '--no-audit', '--no-fund'],
      run: ['npx', '--no-install'],
      pinned: (files) => ({ overrides: files }),
    },
    pnpm: {
      install: ['pnpm', 'install'],
      run: ['pnpm', 'exec'],
      pinned: (files) => ({ pnpm: { overrides: files } }),
    },
    'yarn-classic': {
      install: ['node', classic, 'install', '--registry', registry],
      run: ['node', classic, '--silent', 'run'],
      pinned: (files) => ({ resolutions: files }),
      // What Yarn 1 runs is told of the registry that is configured, not of the one on the command line.
      files: { '.yarnrc': `registry "${registry}"\n`, 'yarn.lock': '' },
    },
    yarn: { ...modern, pinned: (files) => ({ resolutions: files }), files: { 'yarn.lock': '' } },
    'yarn-node-modules': {
      ...modern,
      pinned: (files) => ({ resolutions: files }),
      files: { 'yarn.lock': '' },
      settings: { YARN_NODE_LINKER: 'node-modules' },
    },
  };
}

/** An environment without what the one who runs this has set for package managers and ONNX Runtime. */
export function bareEnvironment(home, registry, settings) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|pnpm_|yarn_|onnxruntime_|INIT_CWD|CI$)/i.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    // Yarn 1 keeps packed packages by name and version, for root outside the home: those of an earlier run.
    YARN_CACHE_FOLDER: join(home, 'yarn-cache'),
    YARN_ENABLE_TELEMETRY: '0',
    YARN_NPM_REGISTRY_SERVER: registry,
    ...settings,
  };
}
