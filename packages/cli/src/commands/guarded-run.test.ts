/** Guards and measurements as a user of the command line asks for them; `guarded-run.full.test.ts` has guards on the other engines. */
import { expect, it } from 'vitest';
import { describeGuards, madeRun, run, tiny, useFolder } from '../../test/guarded-runs.js';

useFolder();
describeGuards('--target=onnx');

it('measures what is asked for, and says what it does not know', async () => {
  const measure = '--set=measure=["gradient-norms","weight-norms","spectral-norms"]';
  expect((await run(...tiny, '--backend=cpu', measure)).code).toBe(0);
  const { events, record } = madeRun();
  expect(record.options.measure).toEqual(['gradient-norms', 'weight-norms', 'spectral-norms']);
  const named = (kind: string) =>
    Object.keys((events.find(({ event }) => event === kind) as { measurements: object }).measurements);
  expect(named('step')).toEqual(['gradient-norm/discriminator', 'gradient-norm/generator']);
  expect(named('evaluation')).toContain('weight-norm/generator');
  expect(named('evaluation')).toContain('spectral-norm/discriminator/0');
  const resumed = await run('resume', 'run', '--steps=14');
  expect(resumed.code).toBe(0);
  expect(madeRun().events.filter((event) => 'measurements' in event).length).toBeGreaterThan(20);
  const { code, stderr } = await run(...tiny.slice(0, 2), '--out=other', '--set=measure=["norms"]');
  expect(code).toBe(2);
  expect(stderr).toContain('must be of gradient-norms, weight-norms, spectral-norms');
});
