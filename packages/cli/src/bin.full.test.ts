/** What the built program does at other signals, and with other engines: as in bin.test.ts, which is quicker. */
import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectTensorFlow } from '@dist-gan/compiler';
import { afterEach, beforeEach, describe, it } from 'vitest';
import { succeeds } from '../../../tooling/test/succeeds.js';
import { canRun, expectEndAt, expectSilence, short } from '../test/program.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-bin-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe.skipIf(!canRun)('dist-gan as a process', { timeout: 240_000 }, () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('writes results and ends as programs do at %s', (signal, code) =>
    expectEndAt(folder, signal, code),
  );

  it('keeps nothing in the home of the doctor, and talks to nobody', () => expectSilence(folder, ['doctor']));

  it.skipIf(!succeeds(inspectTensorFlow))(
    'keeps nothing in the home of training on TensorFlow, and talks to nobody',
    () => {
      // TensorFlow is found in the cache folder, which an empty home would hide.
      const cache =
        process.env.DIST_GAN_CACHE ??
        join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'dist-gan');
      expectSilence(folder, [...short, '--target=tensorflow'], { DIST_GAN_CACHE: cache });
    },
  );
});
