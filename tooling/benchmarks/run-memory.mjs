/**
 * Whether memory grows while a run goes on: `dist-gan train gaussian-grid-gan` with small nets, kept, guarded, averaged and evaluated,
 * for 100,000 steps on each target; the resident memory that its log has at every tenth: as it is, and with
 * garbage collected every second, which tells what a run holds from what V8 has not tidied yet. Writes
 * `results/<date>-run-memory.json` and `.md`.
 *
 *     node run-memory.mjs [--steps 100000] [--targets onnx,tensorflow]
 *
 * Needs a build. Some four minutes a target.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '100000' },
    targets: { type: 'string', default: 'onnx,tensorflow' },
  },
});
const steps = Number(values.steps);
const program = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'dist-gan-memory-'));

const ways = {
  'as it is': [],
  'tidied every second': ['--expose-gc', '--import', 'data:text/javascript,setInterval(gc, 1000).unref()'],
};
const kinds = values.targets
  .split(',')
  .flatMap((target) => Object.entries(ways).map(([way, flags]) => ({ target, way, flags })));

const rows = kinds.map(({ target, way, flags }) => {
  const folder = join(scratch, `${target} ${way}`);
  const changes = [
    'architecture.hiddenUnits=[8]',
    'batchSize=16',
    'movingAverage.halfLife=10000',
    'guards=[{"id":"sample-variance"},{"id":"metric-fall","metric":"modes-covered"}]',
  ].flatMap((change) => ['--set', change]);
  const words = [
    'train',
    'gaussian-grid-gan',
    '--steps',
    `${steps}`,
    '--target',
    target,
    '--threads',
    '1',
    '--out',
    folder,
  ];
  const { status, stderr } = spawnSync(process.execPath, [...flags, program, ...words, ...changes], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const lines = readFileSync(join(folder, 'metrics.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const at = Array.from({ length: 10 }, (_, i) => ((i + 1) * steps) / 10);
  const megabytes = at.map((step) => {
    const line = lines.find((each) => each.event === 'step' && each.step >= step);
    return Math.round(line.memoryBytes / 2 ** 20);
  });
  console.error(`${target}, ${way}: ${megabytes.join(' ')} MB`);
  return { target, way, at, megabytes };
});
rmSync(scratch, { recursive: true });

const result = {
  date: new Date().toISOString(),
  machine: { processor: cpus()[0].model, cores: cpus().length },
  versions: { node: process.versions.node },
  command: `node run-memory.mjs ${process.argv.slice(2).join(' ')}`.trim(),
  rows,
};
const path = fileURLToPath(new URL(`results/${result.date.slice(0, 10)}-run-memory`, import.meta.url));
const table = `# Memory of a long run

\`${result.command}\`, ${result.date.slice(0, 10)}, ${result.machine.processor}. Resident memory in MB after so many steps of a run that is kept, guarded,
averaged and evaluated every 1,000 steps: as it is, and with garbage collected every second.

| target | ${rows[0].at.map((step) => step.toLocaleString('en-US')).join(' | ')} |
| --- | ${rows[0].at.map(() => '---').join(' | ')} |
${rows.map(({ target, way, megabytes }) => `| ${target}, ${way} | ${megabytes.join(' | ')} |`).join('\n')}
`;
writeFileSync(`${path}.json`, `${JSON.stringify(result, null, 2)}\n`);
writeFileSync(`${path}.md`, table);
console.log(table);
