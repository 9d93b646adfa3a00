import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** What TypeScript, at its strictest, says about files of this package that are not on the disk. */
function complaintsAbout(codes: readonly string[]): string[] {
  const files = new Map(
    codes.map((code, at) => [fileURLToPath(new URL(`./user-code-${at}.ts`, import.meta.url)), code]),
  );
  const options: ts.CompilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ['@dist-gan/source'],
    types: ['node'],
  };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (name) => files.has(name) || disk.fileExists(name),
    readFile: (name) => files.get(name) ?? disk.readFile(name),
    getSourceFile: (name, ...rest) => {
      const code = files.get(name);
      return code === undefined
        ? disk.getSourceFile(name, ...rest)
        : ts.createSourceFile(name, code, rest[0]);
    },
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((file) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
      .join('\n'),
  );
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
