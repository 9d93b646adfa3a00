/**
 * GN-GAN's open weights on the 25 Gaussians, beside Dist-GAN: every setting with seeds 1 to 3, each on a draw of its own,
 * written to docs/reproduction/results/gn-gan-sweep.json, with a Markdown table on standard output.
 *
 *     node tooling/reproduction/gn-gan-sweep.mjs [--steps 12000] [--seeds 3]
 *
 * Needs a built clone. Runs that are in the file are not made again, so that the table can be made in several sittings;
 * all settings have seed 1 before any has seed 2.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const file = `${root}docs/reproduction/results/gn-gan-sweep.json`;
const { values } = parseArgs({
  options: { steps: { type: 'string', default: '12000' }, seeds: { type: 'string', default: '3' } },
});

const settings = {
  'Dist-GAN': ['gaussian-grid'],
  'preset: neighbours 0.1, gradients 1': ['gaussian-grid-gn-gan'],
  'gradients 0.1': ['gaussian-grid-gn-gan', 'method.gradientMatching.weight=0.1'],
  'neighbours 0.01': ['gaussian-grid-gn-gan', 'method.neighbourEmbedding.weight=0.01'],
  'gradients 0.01, neighbours 0.01': [
    'gaussian-grid-gn-gan',
    'method.gradientMatching.weight=0.01',
    'method.neighbourEmbedding.weight=0.01',
  ],
  'no gradients': ['gaussian-grid-gn-gan', 'method.gradientMatching.weight=0'],
  'no neighbours': ['gaussian-grid-gn-gan', 'method.neighbourEmbedding.weight=0'],
  'gradients 10': ['gaussian-grid-gn-gan', 'method.gradientMatching.weight=10'],
};

const table = {
  command: `dist-gan train <preset> --steps ${values.steps} --threads 1 --seed <seed> --set dataset.seed=<seed> --set <setting>`,
  machine: `${cpus()[0].model}, ${cpus().length} cores, ${platform()} ${arch()}, Node ${process.versions.node}`,
  runs: [],
};
if (existsSync(file)) {
  const earlier = JSON.parse(readFileSync(file, 'utf8'));
  if (earlier.command === table.command) table.runs = earlier.runs;
}

for (let seed = 1; seed <= Number(values.seeds); seed++) {
  for (const [setting, [preset, ...changes]] of Object.entries(settings)) {
    if (table.runs.some((run) => run.setting === setting && run.seed === seed)) continue;
    const slug = setting.toLowerCase().replaceAll(/[^a-z0-9.]+/g, '-');
    const out = `${root}runs/reproduction/gn-gan-sweep/${slug}-${values.steps}-seed${seed}`;
    if (!existsSync(`${out}/result.json`)) {
      const sets = [`dataset.seed=${seed}`, ...changes].map((change) => `--set=${change}`);
      const words = ['train', preset, '--steps', values.steps, '--threads', '1', '--seed', `${seed}`];
      const { status } = spawnSync(
        process.execPath,
        [`${root}packages/cli/dist/bin.js`, ...words, ...sets, '--out', out],
        { stdio: ['ignore', 'inherit', 'inherit'] },
      );
      if (status !== 0) process.exit(status ?? 1);
    }
    const { seconds, metrics } = JSON.parse(readFileSync(`${out}/result.json`, 'utf8'));
    const byId = Object.fromEntries(metrics.map(({ id, value }) => [id, value]));
    table.runs.push({
      setting,
      changes,
      seed,
      seconds,
      modes: byId['modes-covered'],
      registered: byId['registered-points'],
      totalVariation: byId['total-variation'],
    });
    writeFileSync(file, `${JSON.stringify(table, null, 2)}\n`);
  }
}

const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);
console.log(`| setting | ${seeds.map((seed) => `seed ${seed}`).join(' | ')} |`);
console.log(`| --- | ${seeds.map(() => '---').join(' | ')} |`);
for (const setting of Object.keys(settings)) {
  const cells = seeds.map((seed) => {
    const run = table.runs.find((each) => each.setting === setting && each.seed === seed);
    return `${run.modes} modes, ${run.registered} points`;
  });
  console.log(`| ${setting} | ${cells.join(' | ')} |`);
}
