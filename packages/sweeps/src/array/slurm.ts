import { shellWord } from '@dist-gan/core';
import type { ProgramCall } from '../execution/run-process.js';
import { aboutJob, collectingWords, grace, type ArrayJob } from './array-job.js';

/** Slurm's `MaxArraySize` is 1001 where nobody has changed it, and the largest index one less. */
export const slurmTasks = 1000;

/**
 * An array job for Slurm's `sbatch`. Its body is bash.
 *
 * @param program the one that trains, without the words of the task
 * @see https://slurm.schedmd.com/sbatch.html
 */
export function printSlurm(job: ArrayJob, { file, words, workingDirectory }: ProgramCall): string {
  const { name, folder, list, storage, tasks, atOnce, threads, gpu, dataFolder } = job;
  const call = [
    file,
    ...words,
    'array-task',
    list,
    ...(dataFolder === undefined ? [] : ['--data', dataFolder]),
  ];
  const options = [
    `--job-name=${name}`,
    `--array=0-${tasks - 1}${atOnce === undefined ? '' : `%${atOnce}`}`,
    '--ntasks=1',
    `--cpus-per-task=${threads}`,
    ...(gpu ? ['--gres=gpu:1'] : []),
    // A % of the folder's own is none of Slurm's. Who does not see the folder writes where sbatch was called, as Slurm's own default is.
    ...(storage === undefined
      ? [`--output=${optionQuoted(`${folder.replaceAll('%', '%%')}/logs/%A_%a.log`)}`]
      : []),
    `--signal=B:TERM@${grace}`,
    '--requeue',
  ];
  return `#!/bin/bash
# ${aboutJob(job)}.
# Submit it with sbatch, with --time, --mem and --partition as your cluster wants them. A task that its time limit ends keeps a checkpoint:
# submit it again, and it goes on; what is over is left alone. This collects the results, then or meanwhile:
#   ${collectingWords(job)}${
    storage === undefined
      ? ''
      : `
# Tasks reach the storage by AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of the environment in which sbatch is called, and train below TMPDIR.`
  }
${options.map((option) => `#SBATCH ${option}`).join('\n')}
set -euo pipefail
${workingDirectory === undefined ? '' : `cd -- ${shellWord(workingDirectory)}\n`}exec ${call.map(shellWord).join(' ')} --index "$SLURM_ARRAY_TASK_ID"
`;
}

/** What neither a shell nor Slurm takes for anything else. */
const plain = /^[\w./:=@%+,-]+$/;

/** A value of an option of Slurm. */
function optionQuoted(value: string): string {
  return plain.test(value) ? value : `"${value.replaceAll(/(["\\])/g, String.raw`\$1`)}"`;
}
