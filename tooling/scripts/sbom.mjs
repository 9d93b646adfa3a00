/**
 * `npm run sbom [file]`: the bill of materials of the built packages and of all that they install, in CycloneDX's form, made by npm from
 * a project that depends on every one of them. Nothing is installed for it.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { packInto } from './tarballs.mjs';

const file = resolve(process.argv[2] ?? 'sbom.cdx.json');
const folder = mkdtempSync(join(tmpdir(), 'dist-gan-sbom-'));

function npm(...args) {
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} ended with ${status}\n${stderr}`);
  return stdout;
}

try {
  const tarballs = Object.fromEntries(packInto(join(folder, 'tarballs')));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'dist-gan-packages',
      version: '0.0.0',
      dependencies: tarballs,
      overrides: tarballs,
    }),
  );
  npm('install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund');
  const text = npm('sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=library');
  writeFileSync(file, text);
  console.log(`${file}: ${JSON.parse(text).components.length} components`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
