/**
 * `pnpm package-check [package...]`: packs the built packages and looks at each as its users would: whether its manifest
 * says what is in it (publint), and whether TypeScript finds its declarations (attw) and what they import. In one
 * process: 36 of them took ten times as long.
 */
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { problemKindInfo } from '@arethetypeswrong/core/problems';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { packInto, published } from './tarballs.mjs';
import { undeclaredImports } from './undeclared-imports.mjs';

/** The packages are ES modules: require() and TypeScript's oldest resolution find nothing in them. */
const notServed = ['node10', 'node16-cjs'];

async function problemsOf(tarball) {
  const { messages, pkg } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
  const files = createPackageFromTarballData(tarball);
  const { types, problems = [] } = await checkPackage(files);
  return [
    ...messages.map((message) => formatMessage(message, pkg)),
    ...(types ? [] : ['it has no declarations']),
    ...undeclaredImports(files),
    ...problems
      .filter(({ resolutionKind }) => !notServed.includes(resolutionKind))
      .map(({ kind, entrypoint = '', resolutionKind = '' }) =>
        `${problemKindInfo[kind].title} ${entrypoint} ${resolutionKind}`.trim(),
      ),
  ];
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !published.some(({ folder }) => folder === name));
if (unknown.length > 0) {
  console.error(
    `error: no package ${unknown.join(', ')}; there are ${published.map(({ folder }) => folder).join(', ')}`,
  );
  process.exit(2);
}
const workshop = mkdtempSync(join(tmpdir(), 'dist-gan-packages-'));
try {
  const tarballs = packInto(join(workshop, 'tarballs'));
  for (const { folder, manifest } of published) {
    if (asked.length > 0 && !asked.includes(folder)) continue;
    // A copy of its own: a buffer that is shared has other bytes around it.
    const tarball = Uint8Array.from(readFileSync(tarballs.get(manifest.name).replace(/^file:/, '')));
    for (const problem of await problemsOf(tarball)) {
      console.error(`${manifest.name}: ${problem}`);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(workshop, { recursive: true });
}
