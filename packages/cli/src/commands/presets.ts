import { presets, recipePresets } from '../registry.js';
import { count, table } from '../progress/index.js';
import { exitCodes, type Command } from './command.js';

export const presetsCommand: Command = {
  name: 'presets',
  positionals: [],
  flags: [{ name: 'json', short: 'j', description: 'print them as JSON, with every option' }],
  examples: ['dist-gan presets', 'dist-gan presets --json'],
  async run(given, { stdout }) {
    const all = Object.values(presets);
    const ofRecipes = Object.values(recipePresets);
    if (given.has('json')) {
      stdout.write(`${JSON.stringify([...all, ...ofRecipes], null, 2)}\n`);
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
    rows.push(
      ...ofRecipes.map(({ id, title, recipe, architecture, dataset }) => {
        return [id, title, recipe.id, architecture.id, dataset.id, 'in stages'];
      }),
    );
    stdout.write(table([['preset', 'what it is', 'method', 'architecture', 'data', 'steps'], ...rows]));
    stdout.write('\nTrain one: dist-gan train <preset>\n');
    return exitCodes.success;
  },
};
