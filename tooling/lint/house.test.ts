/** The rules as oxlint runs them, on files of a workspace that is made for it. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const onlyInCore = 'losses may import gradients, core; see tooling/lint/import-directions.mjs';
const circle = /^this file imports itself: .*one\.ts -> .*other\.ts -> .*one\.ts;/;
const recursive = /makeFolder of @dist-gan\/core$/;
const test = /^a package's test\/ is its own;/;
const ofTests = /^src\/ is published, and this is of tests;/;

/** Files, and what is said of each line of theirs; `undefined` where nothing is. */
const files: Record<string, [line: string, said?: string | RegExp][]> = {
  'packages/losses/src/loss.ts': [
    ["export { OptionError } from '@dist-gan/core';"],
    ["export { square } from '@tensorflow/tfjs-core';"],
    ["export { compile } from '@dist-gan/compiler';", onlyInCore],
    ["import type { Method } from '@dist-gan/methods';", onlyInCore],
    ["export * from '@dist-gan/testing/losses';", onlyInCore],
    ["export type Trainer = import('@dist-gan/trainer').Trainer;", onlyInCore],
    ["await import('dist-gan');", onlyInCore],
    ["export * from '@tensorflow/tfjs-core/dist/ops/square';", /^never import from inside/],
    ["export * from '../../core/test/helper.js';", test],
    ["export * from '../test/helper.js';", ofTests],
    ["import 'vitest';", ofTests],
    ['mkdirSync(path);'],
    ['rmSync(path, { recursive: true });'],
    ['mkdirSync(path, { recursive: true });', recursive],
    ['fs.mkdirSync(path, { recursive: true });', recursive],
    ['await mkdir(path, { mode: 0o700, recursive: true });', recursive],
    ['export type { Method };'],
  ],
  'packages/losses/src/loss.test.ts': [
    ["import '@dist-gan/compiler';"],
    ["import '@dist-gan/testing/compiled';"],
    ["import '@dist-gan/methods';", onlyInCore],
    ["import 'vitest';"],
    ["import '../test/helper.js';"],
  ],
  'packages/testing/src/loss.ts': [["import 'vitest';"]],
  'packages/compiler/src/passes/pass.ts': [
    ["export * from '../graph/rewrite.js';"],
    ["export * from '../targets/target.js';", /^passes comes before targets;/],
    ["import type { Compiled } from '../compile/compiled.js';", /^passes comes before compile;/],
    ['export type { Compiled };'],
  ],
  'packages/compiler/src/passes/pass.test.ts': [["import '../compile/compile.js';"]],
  'tooling/tool.ts': [["import '@dist-gan/compiler';"]],
  'packages/core/src/one.ts': [["export * from './other.js';", circle], ["export * from './leaf.js';"]],
  'packages/core/src/other.ts': [
    ["export type One = import('./one.js').One;", /other\.ts -> .*one\.ts -> .*other\.ts;/],
  ],
  'packages/core/src/leaf.ts': [['export const leaf = 1;']],
};

let folder = '';
let messages: { readonly file: string; readonly line: number; readonly message: string }[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-lint-'));
  for (const [file, lines] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), lines.map(([line]) => line).join('\n'));
  }
  const config = {
    categories: { correctness: 'off' },
    jsPlugins: [fileURLToPath(new URL('house.mjs', import.meta.url))],
    rules: Object.fromEntries(
      ['only-allowed-imports', 'no-circles', 'no-recursive-mkdir'].map((rule) => [`house/${rule}`, 'error']),
    ),
  };
  writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify(config));
  const manifest = createRequire(import.meta.url).resolve('oxlint/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { oxlint: string } };
  const output = await new Promise<string>((resolve) =>
    execFile(
      process.execPath,
      [join(dirname(manifest), bin.oxlint), '--format=json'],
      { cwd: folder },
      (_, text) => resolve(text),
    ),
  );
  const { diagnostics } = JSON.parse(output) as {
    diagnostics: { filename: string; message: string; labels: { span: { line: number } }[] }[];
  };
  messages = diagnostics.map(({ filename, message, labels }) => ({
    file: filename.replaceAll('\\', '/'),
    line: labels[0].span.line,
    message,
  }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(Object.entries(files))('says what it should of %s', (file, lines) => {
  lines.forEach(([line, said], at) => {
    const here = messages.filter((one) => one.file === file && one.line === at + 1);
    const wanted = said === undefined ? [] : [said instanceof RegExp ? expect.stringMatching(said) : said];
    expect(
      here.map(({ message }) => message),
      line,
    ).toEqual(wanted);
  });
});
