/**
 * Whether memory grows with the number of calls: runs the compiled 25-Gaussian step 10,000 times on each target and
 * writes `results/<date>-memory.json` and `.md`. `--target onnx` takes one of them, `--calls <n>` another number.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundlePeers } from './bundle.mjs';

const { values } = parseArgs({
  options: {
    target: { type: 'string', default: 'onnx,tensorflow' },
    calls: { type: 'string', default: '10000' },
    threads: { type: 'string', default: '1' },
  },
});
const calls = Number(values.calls);
const every = String(Math.max(1, Math.floor(calls / 10)));
const { memory: program } = await bundlePeers(['memory']);
const runs = [];
for (const target of values.target.split(',')) runs.push({ target, ...(await measure(target)) });

const result = {
  date: new Date().toISOString(),
  machine: { processor: cpus()[0].model, cores: cpus().length },
  versions: { node: process.versions.node },
  command: `node memory.mjs ${process.argv.slice(2).join(' ')}`.trim(),
  runs,
};
const folder = fileURLToPath(new URL('results', import.meta.url));
const path = join(folder, `${result.date.slice(0, 10)}-memory`);
writeFileSync(`${path}.json`, JSON.stringify(result, null, 2) + '\n');
writeFileSync(`${path}.md`, markdown(result));
console.log(markdown(result));

async function measure(target) {
  const options = [
    '--target',
    target,
    '--calls',
    String(calls),
    '--every',
    every,
    '--threads',
    values.threads,
  ];
  const child = spawn(process.execPath, ['--expose-gc', program, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue;
    lines.push(JSON.parse(line));
    console.error(`${target}: ${line}`);
  }
  const end = lines.at(-1);
  if (end?.after === undefined) return { failed: 'the program ended early; see its message above' };
  return { ...end, samples: lines.slice(0, -1) };
}

function markdown({ date, machine, versions, command, runs: all }) {
  const megabytes = (bytes) => (bytes / 2 ** 20).toFixed(1);
  const lines = [
    `# Memory over ${calls.toLocaleString('en')} calls, ${date.slice(0, 10)}`,
    '',
    `The compiled 25-Gaussian step, state read back into TensorFlow.js after every ${every} calls. Resident set and`,
    `JavaScript heap after a garbage collection, in MB. ${machine.processor}, ${machine.cores} cores, Node ${versions.node}.`,
    '',
    `\`${command}\``,
  ];
  for (const run of all) {
    if (run.failed) {
      lines.push('', `## ${run.target}`, '', `Failed: ${run.failed}.`);
      continue;
    }
    const { engine, before, after, samples } = run;
    lines.push(
      '',
      `## ${engine}`,
      '',
      `tf.memory(): ${before.tensors} tensors, ${before.bytes} bytes before compiling; ` +
        `${after.tensors} tensors, ${after.bytes} bytes after the last call.`,
      '',
      '| calls | resident set | heap | external | tensors |',
      '| --- | --- | --- | --- | --- |',
      ...samples.map(
        ({ call, rss, heapUsed, external, tensors }) =>
          `| ${call} | ${[rss, heapUsed, external].map(megabytes).join(' | ')} | ${tensors} |`,
      ),
    );
  }
  return lines.join('\n') + '\n';
}
