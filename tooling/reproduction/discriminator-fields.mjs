/**
 * GN-GAN's figure of what discriminators see of the 25 Gaussians: GAN, WGAN-GP, Dist-GAN and GN-GAN on the same points, trained and drawn side by side.
 *
 *     node tooling/reproduction/discriminator-fields.mjs [steps, default 6000]
 *
 * Needs a built clone. Runs that are finished in runs/reproduction are not made again.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const root = fileURLToPath(new URL('../..', import.meta.url));
const steps = process.argv[2] ?? '6000';
const presets = {
  GAN: 'gaussian-grid-gan',
  'WGAN-GP': 'gaussian-grid-wgan-gp',
  'Dist-GAN': 'gaussian-grid',
  'GN-GAN': 'gaussian-grid-gn-gan',
};

function distGan(...words) {
  const program = `${root}packages/cli/dist/bin.js`;
  const { status } = spawnSync(process.execPath, [program, ...words], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const runs = Object.values(presets).map((preset) => `${root}runs/reproduction/fields/${preset}-${steps}`);
Object.values(presets).forEach((preset, i) => {
  if (existsSync(`${runs[i]}/result.json`)) return;
  const points = ['--set=dataset.seed=1', '--set=dataset.margin=0.05'];
  distGan(
    'train',
    preset,
    '--steps',
    steps,
    '--seed',
    '1',
    '--target',
    'onnx',
    '--threads',
    '1',
    ...points,
    '--out',
    runs[i],
  );
});
const picture = `${root}runs/reproduction/fields/fields.png`;
distGan('field', ...runs, '--titles', Object.keys(presets).join(), '--out', picture);
await sharp(picture)
  .webp({ quality: 80 })
  .toFile(`${root}docs/reproduction/images/discriminator-fields.webp`);
rmSync(picture);
