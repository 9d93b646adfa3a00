import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ProgramCall, SweepDefinition, TrainingProgram } from '@dist-gan/sweeps';
import { engineWords } from './engine.js';

const root = dirname(createRequire(import.meta.url).resolve('dist-gan/package.json'));

/** This program. */
export function programItself(workingDirectory: string): ProgramCall {
  return { file: process.execPath, words: [join(root, 'dist', 'bin.js')], workingDirectory };
}

/** This program as what trains, in a process of its own. */
export function trainingProgram({
  engine,
  dataFolder,
  workingDirectory,
}: {
  readonly engine: SweepDefinition['engine'];
  readonly dataFolder: string | undefined;
  readonly workingDirectory: string;
}): TrainingProgram {
  const program = programItself(workingDirectory);
  const data = dataFolder === undefined ? [] : ['--data', dataFolder];
  const call = (...words: string[]): ProgramCall => ({
    ...program,
    words: [...program.words, ...words, '--json', ...data],
  });
  return {
    train: (_, config, folder) => call('train', '--config', config, '--out', folder, ...engineWords(engine)),
    resume: (_, folder) => call('resume', folder),
  };
}
