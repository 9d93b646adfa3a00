/**
 * Trains into file systems that are too small, at more and more places of a run, and makes sure of what a full disk must
 * leave: an error that names it, whole checkpoints, no temporary file, a log of whole lines, and, once there is room, a
 * run that goes on.
 *
 *     sudo node tooling/kills/fill-disk.mjs
 *
 * Needs a build, Linux, and the right to mount a tmpfs.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CheckpointStore } from '../../packages/runs/dist/index.js';

const program = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url));
const size = 2 * 2 ** 20;
const changes = [
  'architecture.hiddenUnits=[64,64]',
  'batchSize=16',
  'dataset.pointsPerMode=20',
  'evaluation.every=20',
  'evaluation.samples=100',
].map((change) => `--set=${change}`);

const disk = mkdtempSync(join(tmpdir(), 'dist-gan-full-disk-'));
const run = join(disk, 'run');

function must(command, ...parameters) {
  const { status, stderr } = spawnSync(command, parameters, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
}

const cli = (...words) => spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' });

/** @returns files of a run's folder, and of those below it */
const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

try {
  must('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk);
  try {
    // Of 4,096 bytes: a checkpoint has 50.
    for (const pages of [0, 1, 5, 60, 170, 340]) {
      const filling = join(disk, 'filling');
      writeFileSync(filling, new Uint8Array(size - pages * 4096));
      const schedule = ['--steps=5000', '--checkpoint-steps=7', '--keep=100', '--target=onnx', '--threads=1'];
      const { status, stderr } = cli(
        'train',
        'gaussian-grid',
        '--json',
        `--out=${run}`,
        ...schedule,
        ...changes,
      );
      const said = stderr.trimEnd().split('\n').at(-1);
      assert.equal(status, 74, stderr);
      assert.match(said, /^error: .*ENOSPC/);
      const files = filesOf(disk);
      assert.deepEqual(
        files.filter((file) => /\.tmp|\.lock/.test(file)),
        [],
      );
      const store = new CheckpointStore(join(run, 'checkpoints'));
      const names = store.names();
      for (const name of names) store.read(name);
      const log = join(run, 'metrics.jsonl');
      const lines = files.includes(log) ? readFileSync(log, 'utf8').split('\n') : [''];
      assert.equal(lines.pop(), '');
      for (const line of lines) JSON.parse(line);
      console.log(
        `${pages} pages free: ${names.length} checkpoints, all whole, ${lines.length} lines; ${said}`,
      );
      rmSync(filling);
      if (names.length > 0) {
        assert.ok(said.includes(names.at(-1)), 'the error names the checkpoint that is intact');
        must('mount', '-o', `remount,size=${4 * size}`, disk);
        const step = store.newest().step;
        const on = cli('resume', run, '--json', `--steps=${step + 2}`);
        assert.equal(on.status, 0, on.stderr);
        assert.equal(store.newest().step, step + 2);
      }
      rmSync(run, { recursive: true, force: true });
      must('mount', '-o', `remount,size=${size}`, disk);
    }
  } finally {
    must('umount', disk);
  }
} finally {
  rmdirSync(disk);
}
