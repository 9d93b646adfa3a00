import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as architectures from '@dist-gan/architectures';
import * as datasets from '@dist-gan/datasets';
import * as methods from '@dist-gan/methods';
import * as metrics from '@dist-gan/metrics';
import * as runs from '@dist-gan/runs';
import * as trainer from '@dist-gan/trainer';
import ts from 'typescript';
import { expect, it, vi } from 'vitest';

const packages: Record<string, object> = {
  '@dist-gan/architectures': architectures,
  '@dist-gan/datasets': datasets,
  '@dist-gan/methods': methods,
  '@dist-gan/metrics': metrics,
  '@dist-gan/runs': runs,
  '@dist-gan/trainer': trainer,
};

/** Here, because it uses more packages than `@dist-gan/runs` may know. */
it('runs the example of a long run in the README of @dist-gan/runs, with fewer steps', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dist-gan-readme-'));
  try {
    const readme = readFileSync(new URL('../../../runs/README.md', import.meta.url), 'utf8');
    const example = /```ts\n(.*?)```/s
      .exec(readme)![1]
      .replaceAll("'my-run", `'${folder}/my-run`)
      .replace("folder: 'export'", `folder: '${folder}/export'`)
      .replace('steps: 200', 'steps: 4')
      .replace('steps: 300', 'steps: 6')
      .replace('everySteps: 100', 'everySteps: 2')
      .replace('every: 50', 'every: 2');
    const module = ts.transpile(example, { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 });
    const code = module
      .replace("import '@tensorflow/tfjs-backend-cpu';\n", '')
      .replace(/import \{ (.*?),? \} from '(.*?)';/gs, "const { $1 } = packages['$2'];");
    const log = vi.fn();
    // oxlint-disable-next-line typescript/no-implied-eval -- the README is ours
    const run = new Function(
      'packages',
      'console',
      `return (async () => {${code}\nencoder.dispose();})()`,
    ) as (packages: object, console: object) => Promise<void>;
    await run(packages, { log });
    const [first, second] = log.mock.calls as [number, number, Record<string, number>][];
    expect([first[0], second[0]]).toEqual([2, 4]);
    expect(first[2]['weight-norm/generator']).toBeGreaterThan(0);
    const [state, , , steps, checkpoints] = log.mock.calls.at(-1) as [
      string,
      object,
      number,
      number,
      { step?: number }[],
    ];
    expect([state, steps]).toEqual(['completed', 6]);
    expect(checkpoints.map(({ step }) => step).filter((step) => step !== undefined)).toEqual([4, 6]);
    expect(existsSync(join(folder, 'export', 'encoder.onnx'))).toBe(true);
    expect(existsSync(join(folder, 'my-run', 'tensorboard'))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
