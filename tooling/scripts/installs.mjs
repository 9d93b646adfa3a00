/**
 * `pnpm installs [manager...]`: does what a newcomer does behind a firewall. Packs the built packages, installs the
 * command line from them in empty projects with npm, pnpm and both Yarns while no host but the npm registry is reached,
 * without and with `ONNXRUNTIME_NODE_INSTALL=skip`, and runs the doctor and three steps of training there; where the
 * engine was left out, once more after `dist-gan setup onnx`. Linux only.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistryOnly } from './installs/registry-only.mjs';
import { packInto } from './tarballs.mjs';

const workshop = mkdtempSync(join(tmpdir(), 'dist-gan-installs-'));
const tools = join(workshop, 'tools');
const classic = join(tools, 'node_modules/yarn/bin/yarn.js');
const berry = join(tools, 'node_modules/@yarnpkg/cli-dist/bin/yarn.js');

/** How each installs, how it runs what it installed, and where a manifest says that our packages are the tarballs. */
const managers = {
  npm: {
    install: ['npm', 'install'],
    run: ['npx', '--no-install'],
    pinned: (files) => ({ overrides: files }),
  },
  pnpm: {
    install: ['pnpm', 'install'],
    run: ['pnpm', 'exec'],
    pinned: (files) => ({ pnpm: { overrides: files } }),
  },
  'yarn-classic': {
    install: ['node', classic, 'install', '--registry', 'https://registry.npmjs.org'],
    run: ['node', classic, '--silent', 'run'],
    pinned: (files) => ({ resolutions: files }),
  },
  yarn: {
    install: ['node', berry, 'install'],
    run: ['node', berry, 'run'],
    pinned: (files) => ({ resolutions: files }),
  },
  'yarn-node-modules': {
    install: ['node', berry, 'install'],
    run: ['node', berry, 'run'],
    pinned: (files) => ({ resolutions: files }),
    settings: { YARN_NODE_LINKER: 'node-modules' },
  },
};

/** An environment without what the one who runs this has set for package managers and this engine. */
function bare(home, settings) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|pnpm_|yarn_|onnxruntime_|INIT_CWD|CI$)/i.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    // Yarn 1 keeps packed packages by name and version, for root outside the home: those of an earlier run.
    YARN_CACHE_FOLDER: join(home, 'yarn-cache'),
    YARN_ENABLE_TELEMETRY: '0',
    YARN_NPM_REGISTRY_SERVER: 'https://registry.npmjs.org',
    ...settings,
  };
}

async function rehearse(network, files, name, skip) {
  const { install, run, pinned, settings } = managers[name];
  const title = `${name}${skip ? ', skip' : ''}`;
  const project = join(workshop, title.replace(', ', '-'));
  const home = join(project, 'home');
  mkdirSync(home, { recursive: true });
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({
      name: 'newcomer',
      private: true,
      dependencies: { 'dist-gan': files['dist-gan'] },
      ...pinned(files),
    }),
  );
  if (name.startsWith('yarn')) writeFileSync(join(project, 'yarn.lock'), '');
  // What Yarn 1 runs is told of the registry that is configured, not of the one on the command line.
  if (name === 'yarn-classic')
    writeFileSync(join(project, '.yarnrc'), 'registry "https://registry.npmjs.org"\n');
  const options = {
    cwd: project,
    env: bare(home, { ...settings, ...(skip && { ONNXRUNTIME_NODE_INSTALL: 'skip' }) }),
  };
  const results = {};
  async function step(name, ...words) {
    const { ok, output } = await network.run(
      name === 'install' ? install : [...run, 'dist-gan', ...words],
      options,
    );
    writeFileSync(join(project, `${name}.log`), output);
    if (process.env.DIST_GAN_LOGS || !ok) console.error(`--- ${title}: ${name}\n${output}`);
    // What `train` says where it goes on without the engine.
    const eager = output.includes('Steps run one operation at a time');
    results[name] = words[0] === 'train' && ok ? (eager ? 'eager' : 'compiled') : ok;
    return results[name];
  }
  const train = ['train', 'gaussian-grid', '--steps=3'];
  if (!(await step('install'))) return results;
  await step('version', '--version');
  await step('doctor', 'doctor');
  if ((await step('train', ...train)) === 'compiled') return results;
  await step('setup onnx', 'setup', 'onnx');
  if ((await step('train again', ...train)) === 'eager') results['train again'] = false;
  return results;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(managers, name));
if (unknown.length > 0) {
  console.error(
    `error: there is no manager ${unknown.join(', ')}; there are ${Object.keys(managers).join(', ')}`,
  );
  process.exit(2);
}

const rows = {};
try {
  spawnSync(
    'npm',
    ['install', '--prefix', tools, '--no-audit', '--no-fund', 'yarn@1.22.22', '@yarnpkg/cli-dist@4.18.1'],
    { stdio: 'inherit' },
  );
  if (!existsSync(berry)) throw new Error('Yarn cannot be installed');
  const files = Object.fromEntries(packInto(join(workshop, 'tarballs')));
  const network = await openRegistryOnly(join(workshop, 'registry'));
  for (const name of wanted.length > 0 ? wanted : Object.keys(managers))
    for (const skip of [false, true]) {
      const row = await rehearse(network, files, name, skip);
      rows[`${name}${skip ? ', skip' : ''}`] = row;
      console.log(name, skip ? 'with the variable' : 'without it', row);
    }
  network.close();
  console.table(rows);
  console.log(`refused: ${[...network.refused].join(', ') || 'nobody'}`);
} finally {
  if (!process.env.DIST_GAN_KEEP) rmSync(workshop, { recursive: true, force: true });
}
process.exitCode = Object.values(rows).every((row) => Object.values(row).every(Boolean)) ? 0 : 1;
