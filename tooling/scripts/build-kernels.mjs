// Compiles the inner loops that are written in AssemblyScript, kernels.as, into the kernels-binary file beside each.
// Only who changes the kernels needs this; AssemblyScript is fetched for the occasion and is no dependency.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const compiler = 'assemblyscript@0.28.20';
const packages = new URL('../../packages/', import.meta.url);

compile(new URL('metrics/src/linear-algebra/kernels/', packages), 'kernels-binary.ts');
// JavaScript, as worker threads start from it as it stands.
compile(new URL('datasets/src/pictures/resampling/', packages), 'kernels-binary.js');

function compile(folder, target) {
  const source = readFileSync(new URL('kernels.as', folder));
  const scratch = mkdtempSync(join(tmpdir(), 'kernels-'));
  try {
    writeFileSync(join(scratch, 'kernels.ts'), source);
    const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory'];
    const words = [
      'dlx',
      '--package',
      compiler,
      'asc',
      'kernels.ts',
      ...options,
      '--outFile',
      'kernels.wasm',
    ];
    execFileSync('pnpm', words, { cwd: scratch, stdio: 'inherit' });
    const binary = readFileSync(join(scratch, 'kernels.wasm')).toString('base64');
    const lines = binary.match(/.{1,100}/g).map((line) => `  '${line}'`);
    writeFileSync(
      new URL(target, folder),
      [
        `// Made from kernels.as by tooling/scripts/build-kernels.mjs with ${compiler}. Do not edit.`,
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
