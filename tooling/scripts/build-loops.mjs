// Compiles the inner loops that are written in AssemblyScript, loops.as, into the loops-binary file beside each.
// Only who changes the loops needs this; AssemblyScript is fetched for the occasion and is no dependency.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const compiler = 'assemblyscript@0.28.20';
const packages = new URL('../../packages/', import.meta.url);

compile(new URL('metrics/src/linear-algebra/loops/', packages), 'loops-binary.ts');
// JavaScript, as worker threads start from it as it stands.
compile(new URL('datasets/src/pictures/resampling/', packages), 'loops-binary.js');

function compile(folder, target) {
  const source = readFileSync(new URL('loops.as', folder));
  const scratch = mkdtempSync(join(tmpdir(), 'loops-'));
  try {
    writeFileSync(join(scratch, 'loops.ts'), source);
    const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory'];
    const words = ['dlx', '--package', compiler, 'asc', 'loops.ts', ...options, '--outFile', 'loops.wasm'];
    execFileSync('pnpm', words, { cwd: scratch, stdio: 'inherit' });
    const binary = readFileSync(join(scratch, 'loops.wasm')).toString('base64');
    const lines = binary.match(/.{1,100}/g).map((line) => `  '${line}'`);
    writeFileSync(
      new URL(target, folder),
      [
        `// Made from loops.as by tooling/scripts/build-loops.mjs with ${compiler}. Do not edit.`,
        `export const sourceSha256 = '${createHash('sha256').update(source).digest('hex')}';`,
        'export const binary =',
        `${lines.join(' +\n')};`,
        '',
      ].join('\n'),
    );
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
