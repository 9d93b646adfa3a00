/**
 * Trains six small GANs, exports their networks in every form, and reads each form back in the program that it is for: ONNX in a
 * fresh process of Python's onnxruntime, SavedModels in Python's TensorFlow, layers in Chromium, safetensors in PyTorch. Prints how
 * far what they compute is from what TensorFlow.js computed here.
 *
 *     pip install onnxruntime==1.32.0 torch==2.15.0 safetensors==0.8.0 numpy==2.4.6    in one environment
 *     pip install tensorflow==2.21.0 safetensors==0.8.0                                in another
 *     node check.mjs --python <of the first> --tensorflow <of the second> --chromium <path>
 *
 * Needs a build. A program that is not named is left out. With --keep <folder> the networks stay there, and are used again.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkInChromium } from './check-in-chromium.mjs';
import { cases, makeExports, rolesOf } from './make-exports.mjs';

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    tensorflow: { type: 'string' },
    chromium: { type: 'string' },
    keep: { type: 'string' },
  },
});
if ([values.python, values.tensorflow, values.chromium].every((program) => program === undefined)) {
  console.error('error: no program is named; give --python, --tensorflow or --chromium, or several');
  process.exit(2);
}
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'dist-gan-exports-'));

function inPython(interpreter, program) {
  if (interpreter === undefined) return [];
  const script = fileURLToPath(new URL('check.py', import.meta.url));
  const { status, stdout, stderr } = spawnSync(interpreter, [script, folder, program], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

if (!existsSync(join(folder, Object.keys(cases).at(-1)))) await makeExports(folder);
const lines = [
  ...inPython(values.python, 'onnx'),
  ...inPython(values.tensorflow, 'tensorflow'),
  ...(values.chromium === undefined ? [] : await checkInChromium(folder, values.chromium)),
  ...inPython(values.python, 'torch'),
];
if (values.keep === undefined) rmSync(folder, { recursive: true });

const programs = [...new Set(lines.map(({ program }) => program))];
const digits = (value) => (value === 0 ? '0' : value.toExponential(1));
console.log(
  `| network | largest value | ${programs.join(' | ')} | our distance from float64 | other bytes |`,
);
console.log(`| --- | --- | ${programs.map(() => '---').join(' | ')} | --- | --- |`);
for (const name of Object.keys(cases)) {
  for (const role of rolesOf(name)) {
    const of = lines.filter((line) => line.case === name && line.role === role);
    const cells = programs.map((program) => {
      const line = of.find((each) => each.program === program);
      return line === undefined ? '' : digits(line.difference);
    });
    const exact = of.find(({ differenceFromFloat64 }) => differenceFromFloat64 !== undefined);
    const others = of.flatMap(({ otherBytes }) => (otherBytes === undefined ? [] : [otherBytes]));
    const last = [
      exact === undefined ? '' : digits(exact.differenceFromFloat64),
      others.length === 0 ? '' : String(others.reduce((a, b) => a + b)),
    ];
    console.log(
      `| ${name}, ${role} | ${of[0].largest.toPrecision(3)} | ${[...cells, ...last].join(' | ')} |`,
    );
  }
}
