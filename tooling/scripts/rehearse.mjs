/**
 * `npm run rehearse [project...]`: a release before the release. In a copy of the last commit changesets make the version and the
 * changelogs, all packages are built and published to a registry on this machine (Verdaccio), and empty projects install from it:
 * by npm, pnpm and both Yarns, on several versions of Node, for TypeScript at its strictest, through bundlers, in Deno and Bun.
 * `readmes` is one of the projects: every README and guide, word by word. With DIST_GAN_KEEP all stays in the folder that is named.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bareEnvironment, installTools, managersOf } from './installs/managers.mjs';
import { projects } from './rehearsal/projects.mjs';
import { openRegistry } from './rehearsal/registry.mjs';
import { release } from './rehearsal/release.mjs';
import { silent } from './silent.mjs';
import { root } from './workspace.mjs';

/** Verdaccio 6.8 is the last for Node 20; what it asks of node-fetch is a tag, which a mirror need not have. */
const tools = ['verdaccio@6.8.0', 'deno@2.9.6', 'bun@1.4.5'];
const overrides = { 'node-fetch': '2.7.0' };
/** What no command may take longer than. */
const minutes = 15;

function command([file, ...args], options) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { ...options, timeout: minutes * 60_000 });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
    child.on('error', (error) => resolve({ ok: false, output: String(error) }));
    child.on('close', (status) => resolve({ ok: status === 0, output }));
  });
}

/** Makes a project, installs and goes through its steps; returns what went wrong, or nothing. */
async function rehearse(name, { workshop, toolbox, registry, version }) {
  const project = projects[name];
  const folder = join(workshop, 'projects', name);
  mkdirSync(join(folder, 'home'), { recursive: true });
  const managers = managersOf(toolbox, registry);
  const { install, run, files: beside = {}, settings } = managers[project.manager ?? 'npm'];
  const files = {
    ...beside,
    ...project.files,
    '.npmrc': `registry=${registry}\n`,
    'package.json': JSON.stringify({
      name: 'newcomer',
      version: '1.0.0',
      private: true,
      type: 'module',
      dependencies: project.dependencies(version),
    }),
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  project.prepare?.(folder);
  const options = {
    cwd: folder,
    env: bareEnvironment(join(folder, 'home'), registry, {
      ...silent,
      NEXT_TELEMETRY_DISABLED: '1',
      DENO_NO_UPDATE_CHECK: '1',
      ONNXRUNTIME_NODE_INSTALL: 'skip',
      YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
      YARN_NPM_MINIMAL_AGE_GATE: '0',
      npm_config_registry: registry,
      npm_config_cache: join(workshop, 'npm-cache'),
      ...settings,
    }),
  };
  const given = { folder, run, version, tools: toolbox };
  const steps = [{ name: 'install', command: project.install?.(given) ?? install }, ...project.steps(given)];
  for (const { name: step, command: words, check, accepts = ({ ok }) => ok, says = '' } of steps) {
    const { ok, output } = check ? { ok: true, output: await check() } : await command(words, options);
    writeFileSync(join(folder, `${step}.log`), output ?? '');
    if (output === undefined) console.log(`  ${name}: ${step} is left out, there is no Chromium`);
    else if (!accepts({ ok, output }) || !output.includes(says)) return `${step}:\n${output}`;
  }
  return undefined;
}

const wanted = process.argv.slice(2);
const names = [...Object.keys(projects), 'readmes'];
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`error: there is no project ${unknown.join(', ')}; there are ${names.join(', ')}`);
  process.exit(2);
}

const workshop = process.env.DIST_GAN_KEEP ?? mkdtempSync(join(tmpdir(), 'dist-gan-rehearsal-'));
const toolbox = join(workshop, 'tools');
const failed = [];
let registry;
try {
  installTools(toolbox, tools, { overrides });
  registry = await openRegistry(join(workshop, 'registry'), toolbox);
  const version = release(join(workshop, 'release'), registry.url);
  console.log(`published ${version} to ${registry.url}`);
  for (const name of wanted.length > 0 ? wanted : names) {
    const begin = performance.now();
    const complaint =
      name === 'readmes'
        ? await readmes(registry.url)
        : await rehearse(name, { workshop, toolbox, registry: registry.url, version });
    const seconds = ((performance.now() - begin) / 1000).toFixed(0);
    console.log(`${complaint === undefined ? 'ok' : 'FAILED'}: ${name} (${seconds} s)`);
    if (complaint === undefined) continue;
    failed.push(name);
    console.error(complaint);
  }
} catch (error) {
  console.error(`error: ${error.message}`);
  failed.push('the release');
} finally {
  registry?.close();
  if (!process.env.DIST_GAN_KEEP) rmSync(workshop, { recursive: true, force: true });
}
if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function readmes(url) {
  const script = join(root, 'tooling/scripts/readmes.mjs');
  const { ok, output } = await command([process.execPath, script, `--registry=${url}`], { cwd: root });
  return ok ? undefined : output;
}
