import {
  checkSecondOrderGradients,
  correctedKernels,
  formatGradientReport,
} from '@dist-gan/gradients/doctor';
import { describeMachine, installedVersions } from '@dist-gan/runs';
import { activateBackend, takeInventory } from '../engine/index.js';
import { table } from '../progress/index.js';
import { exitCodes, type Command } from './command.js';

export const doctor: Command = {
  name: 'doctor',
  positionals: [],
  flags: [
    { name: 'stock', description: 'check TensorFlow.js as it is installed, without our corrections' },
    { name: 'json', short: 'j', description: 'print it as JSON' },
  ],
  details: [
    'Every operation in the table is compared with float64: its value, and its gradients at orders one to three\n' +
      'with finite differences. A gradient penalty needs the second order.',
    'Exit codes: 0 everything is right (always with --stock), 2 a gradient is not.',
  ],
  examples: ['dist-gan doctor', 'dist-gan doctor --stock'],
  async run(given, { stdout }) {
    const stock = given.has('stock');
    const versions = installedVersions();
    const machine = describeMachine();
    await activateBackend('cpu');
    const inventory = await takeInventory();
    const gradients = await checkSecondOrderGradients({ stock });

    if (given.has('json')) {
      stdout.write(
        `${JSON.stringify({ versions, machine, inventory, stock, gradients, correctedKernels: correctedKernels() }, null, 2)}\n`,
      );
    } else {
      const { platform, processor, cores } = machine;
      stdout.write(`${platform}, ${cores} cores, ${processor}\n`);
      stdout.write(
        `${Object.entries(versions)
          .map(([name, version]) => `${name} ${version}`)
          .join(', ')}\n\n`,
      );
      stdout.write(
        table([
          ['engine or backend', 'installed', ''],
          ...inventory.map(({ name, version, note }) => [name, version ?? 'no', note]),
        ]),
      );
      const whose = stock ? 'of stock TensorFlow.js' : 'as this package corrects them';
      stdout.write(`\nGradients ${whose}\n\n${formatGradientReport(gradients)}\n`);
      const kernels = correctedKernels().map(({ kernel, fault }) => [kernel, fault]);
      stdout.write(
        `\n${table([['kernel that is corrected', 'what its stock CPU implementation does'], ...kernels])}`,
      );
    }
    const healthy = stock || gradients.every(({ status }) => status === 'right');
    return healthy ? exitCodes.success : exitCodes.failure;
  },
};
