import { presets } from '../registry.js';
import { count, table } from '../progress/index.js';
import { exitCodes, type Command } from './command.js';

export const presetsCommand: Command = {
  name: 'presets',
  positionals: [],
  flags: [{ name: 'json', short: 'j', description: 'print them as JSON, with every option' }],
  examples: ['dist-gan presets', 'dist-gan presets --json'],
  async run(given, { stdout }) {
    const all = Object.values(presets);
    if (given.has('json')) {
      stdout.write(`${JSON.stringify(all, null, 2)}\n`);
      return exitCodes.success;
    }
    const rows = all.map((preset) => [
      preset.id,
      preset.title,
      preset.method.id,
      preset.architecture.id,
      preset.dataset.id,
      count(preset.steps),
    ]);
    stdout.write(table([['preset', 'what it is', 'method', 'architecture', 'data', 'steps'], ...rows]));
    stdout.write('\nTrain one: dist-gan train <preset>\n');
    return exitCodes.success;
  },
};
