import {
  checkSecondOrderGradients,
  correctedKernels,
  formatGradientReport,
  type GradientCheck,
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
    { name: 'verbose', description: 'every operation with its errors, and every kernel that is corrected' },
    { name: 'json', short: 'j', description: 'print it as JSON' },
  ],
  details: [
    'Every operation that can be trained through is compared with float64: its value, and its gradients at orders\n' +
      'one to three with finite differences. A gradient penalty needs the second order. Operations that are not right\n' +
      'are listed; --verbose lists all of them.',
    'Exit codes: 0 everything is right, 2 an engine or a gradient is not (with --stock gradients may be wrong).',
  ],
  examples: ['dist-gan doctor', 'dist-gan doctor --verbose', 'dist-gan doctor --stock'],
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
          ...inventory.map(({ name, version, note, wrong }) => [
            name,
            wrong ? 'wrong' : (version ?? 'no'),
            note,
          ]),
        ]),
      );
      const verbose = given.has('verbose');
      stdout.write(`\n${gradientSummary(gradients, stock)}\n`);
      const listed = verbose ? gradients : gradients.filter(({ status }) => status !== 'right');
      if (listed.length > 0) stdout.write(`\n${formatGradientReport(listed)}\n`);
      const kernels = correctedKernels().map(({ kernel, fault }) => [kernel, fault]);
      stdout.write(
        verbose
          ? `\n${table([['kernel that is corrected', 'what its stock CPU implementation does'], ...kernels])}`
          : `\n${kernels.length} kernels of the stock CPU backend are wrong, and corrected by this package; --verbose lists all\n`,
      );
    }
    const enginesAreRight = inventory.every(({ wrong }) => wrong !== true);
    const gradientsAreRight = stock || gradients.every(({ status }) => status === 'right');
    return enginesAreRight && gradientsAreRight ? exitCodes.success : exitCodes.failure;
  },
};

function gradientSummary(checks: readonly GradientCheck[], stock: boolean): string {
  const whose = stock ? 'of stock TensorFlow.js' : 'as this package corrects them';
  const right = checks.filter(({ status }) => status === 'right').length;
  const count = right === checks.length ? `all ${right}` : `${right} of ${checks.length}`;
  return `Gradients ${whose}: ${count} operations are right, value and orders one to three`;
}
