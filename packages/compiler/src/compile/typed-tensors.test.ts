import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** In a folder inside of the package, which resolves its own name and what it needs. */
const folder = fileURLToPath(new URL('../../', import.meta.url));

/** What TypeScript, at its strictest, says about each of these files. */
function complaintsAbout(codes: readonly string[]): string[] {
  const own = mkdtempSync(join(folder, 'user-code-'));
  try {
    codes.forEach((code, at) => writeFileSync(join(own, `${at}.ts`), code));
    const compilerOptions = {
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: true,
      target: 'ES2022',
      module: 'NodeNext',
      customConditions: ['@dist-gan/source'],
      types: ['node'],
    };
    writeFileSync(join(own, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    const manifest = createRequire(import.meta.url).resolve('typescript-native/package.json');
    const compiler = [join(dirname(manifest), 'bin', 'tsc'), '--project', own, '--pretty', 'false'];
    const { stdout } = spawnSync(process.execPath, compiler, { cwd: own, encoding: 'utf8' });
    // Complaints begin with the file, `3.ts(12,5): error`, and go on in lines that are indented.
    const complaints = stdout.split(/^(?=\S)/m);
    return codes.map((_, at) => complaints.filter((text) => text.startsWith(`${at}.ts(`)).join(''));
  } finally {
    rmSync(own, { recursive: true });
  }
}

it('names, ranks and element types of inputs and outputs reach the function and run, without a cast', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const example = /```ts\n(.*?)```/s.exec(readme)![1];
  expect(example.replaceAll('* as tf', '')).not.toMatch(/ as /);
  const head = `
    import * as tf from '@tensorflow/tfjs-core';
    import { compile, type Compiled, type InputSpecs } from '@dist-gan/compiler';
    const batch: number = 4;
    const step = await compile(
      ({ images, labels }) => {
        const logits: tf.Tensor2D = tf.reshape(tf.sum(images, [2, 3]), [batch, 8]);
        const known: tf.Tensor1D = labels;
        return { logits, count: tf.sum<tf.Scalar>(known), images };
      },
      { inputs: { images: { shape: [batch, 8, 8, 3] }, labels: { shape: [4], dtype: 'int32' } } },
    );
    const feeds = { images: new Float32Array(768), labels: new Int32Array(4) };`;
  const right = `
    const { logits, count, images } = await step.run(feeds);
    const total: number = count.data[0];
    const shapes: [number, number, number, number, number, number] = [...logits.shape, ...images.shape];
    const anyStep: Compiled<InputSpecs> = step;
    export { total, shapes, anyStep };`;
  const wrong: [string, RegExp][] = [
    ['(await step.run(feeds)).loss;', /'loss' does not exist/],
    ['await step.run({ images: feeds.images });', /'labels' is missing/],
    ['await step.run({ ...feeds, labels: new Float32Array(4) });', /Float32Array.* is not assignable/s],
    [
      'await compile(({ x }) => ({ y: x as tf.Tensor2D, z: 1 }), { inputs: { x: { shape: [2, 2] } } });',
      /number.*not assignable/s,
    ],
    ['await compile(({ q }) => ({ q }), { inputs: { x: { shape: [2] } } });', /'q' does not exist/],
  ];
  const codes = [example, head + right, ...wrong.map(([code]) => `${head} ${code}`)];
  const [ofExample, ofRight, ...ofWrong] = complaintsAbout(codes);
  expect([ofExample, ofRight]).toEqual(['', '']);
  wrong.forEach(([code, message], at) => expect(ofWrong[at], code).toMatch(message));
}, 60_000);
