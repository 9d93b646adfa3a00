import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.js';
import { recordedTerminal } from '../testing/recorded-terminal.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-recipe-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const tiny = [
  'train',
  'ae-ot-gan-gaussian-grid',
  '--set=recipe.steps=6',
  '--set=recipe.refineSteps=3',
  '--set=recipe.codes=40',
  '--set=recipe.draws=50',
  '--set=recipe.ganSteps=6',
  '--set=architecture.hiddenUnits=[8,8]',
  '--set=batchSize=16',
  '--set=evaluation.samples=100',
  '--backend=cpu',
  '--json',
];

async function run(words: readonly string[], stopAt?: { stage: string; step: number }) {
  const terminal = recordedTerminal({
    workingDirectory: folder,
    onOutput: (text) => {
      if (stopAt && text.startsWith(`{"event":"step","stage":"${stopAt.stage}","step":${stopAt.step},`)) {
        terminal.interrupt();
      }
    },
  });
  return { code: await main(words, terminal), ...terminal.written };
}

const samplesOf = (name: string) => readFileSync(join(folder, name, 'samples.npz'));
const resultOf = (name: string) =>
  JSON.parse(readFileSync(join(folder, name, 'result.json'), 'utf8')) as object;

describe('train and resume a recipe', () => {
  it('goes on within any stage with the same samples, and finds what is done', async () => {
    expect(await run([...tiny, '--out=whole'])).toMatchObject({ code: 0 });
    expect(resultOf('whole')).toMatchObject({ preset: 'ae-ot-gan-gaussian-grid', steps: 15 });
    for (const stage of ['autoencoder', 'refine', 'adversarial']) {
      const cut = await run([...tiny, `--out=${stage}`], { stage, step: 2 });
      expect(cut.code).toBe(130);
      expect(cut.stdout).toContain(`{"event":"stage","stage":"${stage}","outcome":"aborted"`);
      const resumed = await run(['resume', stage, '--json']);
      expect(resumed).toMatchObject({ code: 0 });
      expect(resumed.stdout).toContain(`"stage":"${stage}","step":3,`);
      expect(resumed.stdout).not.toContain(`"stage":"${stage}","step":2,`);
      expect(samplesOf(stage)).toEqual(samplesOf('whole'));
    }
    const again = await run(['resume', 'whole', '--json']);
    expect(again.stdout.match(/"outcome":"found"/g)).toHaveLength(6);
    expect(again.stdout).not.toContain('"event":"step"');
  });

  it('refuses a stage that was changed, and then still goes on without the change', async () => {
    await run([...tiny, '--out=run'], { stage: 'adversarial', step: 2 });
    const changed = await run(['resume', 'run', '--set=recipe.contentWeight=7']);
    expect(changed.code).toBe(2);
    expect(changed.stderr).toContain(
      'recipe: stage adversarial was made with method.contentWeight 100, and is now asked for with 7',
    );
    expect((await run(['resume', 'run'])).code).toBe(0);
  });

  it.each<[string, string[], string]>([
    ['--steps', ['--steps=9'], 'every stage of ae-ot-gan-gaussian-grid has steps of its own'],
    ['an unknown option', ['--set=recipe.stepz=9'], 'did you mean steps'],
    ['an unknown key', ['--set=method.id=gan'], 'ae-ot-gan-gaussian-grid.method is not an option'],
    ['an architecture without a role', ['--set=architecture.id=ae-ot-autoencoder'], 'ae-ot-autoencoder'],
  ])('names %s', async (_, words, message) => {
    const { code, stderr } = await run([...tiny, ...words]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('says why a finished run cannot be sampled', async () => {
    await run([...tiny, '--out=run']);
    const { code, stderr } = await run(['sample', 'run']);
    expect(code).toBe(2);
    expect(stderr).toContain('it is the run of a recipe');
  });
});
