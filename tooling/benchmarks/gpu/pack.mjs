/**
 * Packs what the table of one card needs on a machine that has a Python with PyTorch and JAX and nothing else of ours: Node, our
 * rows in single files, ONNX Runtime with its CUDA provider, the peers. Parts of at most 60 MiB, `packed/part-*`; with them goes
 * `table.sh`, which puts them together and runs the table. Linux x64, where npm and the Python package index are reached. From this folder:
 *
 *     node pack.mjs [--cpu] [--python python3]    # --cpu: without the CUDA provider, to rehearse
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundlePeers } from '../bundle.mjs';

const { values } = parseArgs({
  options: { cpu: { type: 'boolean', default: false }, python: { type: 'string', default: 'python3' } },
});
const here = dirname(fileURLToPath(import.meta.url));
const benchmarks = dirname(here);
const partBytes = 60 * 2 ** 20;
/** Python reads zip files, and is there. */
const unpackProvider = `
import sys, zipfile, pathlib
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name in wheel.namelist():
        if name.endswith(('libonnxruntime_providers_cuda.so', 'libonnxruntime_providers_shared.so')):
            pathlib.Path(sys.argv[2], name.split('/')[-1]).write_bytes(wheel.read(name))
`;
const scratch = mkdtempSync(join(tmpdir(), 'dist-gan-gpu-'));
const root = join(scratch, 'table');

try {
  copyProgram();
  await bundlePeers(['compiled-peer', 'machine-peak'], { outdir: join(root, 'dist'), alone: true });
  copyOnnxRuntime();
  if (!values.cpu) fetchCudaProvider();
  writeParts();
} finally {
  rmSync(scratch, { recursive: true });
}

/** Node itself, the driver of the table, our rows and the peers. */
function copyProgram() {
  mkdirSync(join(root, 'bin'), { recursive: true });
  copyFileSync(realpathSync(process.execPath), join(root, 'bin', 'node'));
  chmodSync(join(root, 'bin', 'node'), 0o755);
  const files = [
    'run.mjs',
    'bundle.mjs',
    'report.mjs',
    'row-process.mjs',
    'rows.mjs',
    'turns.mjs',
    'workloads.json',
    'oracle.json',
  ];
  for (const file of files) copyFileSync(join(benchmarks, file), join(root, file));
  cpSync(join(benchmarks, 'peers'), join(root, 'peers'), {
    recursive: true,
    filter: (path) => !path.includes('__pycache__'),
  });
}

/** onnxruntime-node as npm has it, for this system alone. */
function copyOnnxRuntime() {
  const require = createRequire(join(benchmarks, 'package.json'));
  const folder = dirname(realpathSync(require.resolve('onnxruntime-node/package.json')));
  const elsewhere = new RegExp(`bin/napi-v\\d+/(?!linux(/x64|$))`);
  const modules = join(root, 'node_modules');
  cpSync(folder, join(modules, 'onnxruntime-node'), {
    recursive: true,
    filter: (path) => !elsewhere.test(path.slice(folder.length + 1).replaceAll('\\', '/')),
  });
  // Beside it, in the layouts of npm and of pnpm.
  cpSync(realpathSync(join(dirname(folder), 'onnxruntime-common')), join(modules, 'onnxruntime-common'), {
    recursive: true,
  });
}

/** It is in the Python wheel of the same version. */
function fetchCudaProvider() {
  const manifest = createRequire(join(benchmarks, 'package.json'))('onnxruntime-node/package.json');
  const wheel = `onnxruntime-gpu==${manifest.version}`;
  const folder = join(scratch, 'wheel');
  const anyPython = ['--no-deps', '--only-binary=:all:', '--implementation=cp', '--python-version=3.12'];
  const systems = ['--platform=manylinux_2_27_x86_64', '--platform=manylinux_2_28_x86_64'];
  execFileSync(
    values.python,
    ['-m', 'pip', 'download', '--quiet', ...anyPython, ...systems, `--dest=${folder}`, wheel],
    { stdio: 'inherit' },
  );
  const [file] = readdirSync(folder);
  const bin = join(root, 'node_modules', 'onnxruntime-node', 'bin');
  const native = join(bin, readdirSync(bin).toSorted().at(-1), 'linux', 'x64');
  execFileSync(values.python, ['-c', unpackProvider, join(folder, file), native], { stdio: 'inherit' });
}

function writeParts() {
  const packed = join(here, 'packed');
  rmSync(packed, { recursive: true, force: true });
  mkdirSync(packed);
  // What is carried counts more than the minute that it takes, but for a rehearsal.
  execFileSync(
    'bash',
    [
      '-c',
      `tar -C "$1" -cf - table | xz -T0 ${values.cpu ? '-1' : '-6'} | split -b ${partBytes} -d - "$2/part-"`,
      'pack',
      scratch,
      packed,
    ],
    { stdio: 'inherit' },
  );
  copyFileSync(join(here, 'table.sh'), join(packed, 'table.sh'));
  const parts = readdirSync(packed).filter((name) => name.startsWith('part-'));
  const bytes = parts.map((name) => statSync(join(packed, name)).size);
  console.log(
    `${packed}: ${parts.length} parts, ${(bytes.reduce((sum, size) => sum + size) / 2 ** 20).toFixed(0)} MiB, the largest ${(Math.max(...bytes) / 2 ** 20).toFixed(0)}`,
  );
}
