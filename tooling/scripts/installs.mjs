/**
 * `pnpm installs [manager...]`: does what a newcomer does behind a firewall. Packs the built packages, installs the
 * command line from them in empty projects with npm, pnpm and both Yarns while no host but the npm registry is reached,
 * without and with `ONNXRUNTIME_NODE_INSTALL=skip`, and runs the doctor and three steps of training there; where the
 * engine was left out, once more after `dist-gan setup onnx`. Linux only.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareEnvironment, installTools, managersOf } from './installs/managers.mjs';
import { openRegistryOnly } from './installs/registry-only.mjs';
import { packInto } from './tarballs.mjs';

const workshop = mkdtempSync(join(tmpdir(), 'dist-gan-installs-'));
const tools = join(workshop, 'tools');
const registry = 'https://registry.npmjs.org';
const managers = managersOf(tools, registry);

async function rehearse(network, files, name, skip) {
  const { install, run, pinned, files: beside = {}, settings } = managers[name];
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
  for (const [file, text] of Object.entries(beside)) writeFileSync(join(project, file), text);
  const options = {
    cwd: project,
    env: bareEnvironment(home, registry, { ...settings, ...(skip && { ONNXRUNTIME_NODE_INSTALL: 'skip' }) }),
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
  installTools(tools);
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
