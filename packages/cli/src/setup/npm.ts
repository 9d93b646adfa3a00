import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram, type CommandOptions } from './child-process.js';

/** npm's own install into an empty folder, less the scripts, which would download. */
export async function fetchPackage(name: string, folder: string, options: CommandOptions): Promise<void> {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  await runProgram(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', name],
    'Is the npm registry reachable?',
    { ...options, workingDirectory: folder },
  );
}
