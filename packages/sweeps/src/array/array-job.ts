/** Tasks of a cluster that train the runs of a list. */
export interface ArrayJob {
  /** Lower-case letters, digits and dashes. */
  readonly name: string;
  /** Of the sweep. */
  readonly folder: string;
  /** As the tasks name it: a file of that folder, or in the storage. */
  readonly list: string;
  /** Where the tasks find and leave the runs, for they do not see the folder: `s3://bucket/prefix`. */
  readonly storage?: string | undefined;
  readonly runs: number;
  readonly tasks: number;
  /** Tasks that run at the same time at most. Default: as many as the cluster lets. */
  readonly atOnce?: number | undefined;
  /** Processors of a task. */
  readonly threads: number;
  /** Whether a task needs a graphics card. */
  readonly gpu: boolean;
  /** Folder with data files, as the tasks are told. */
  readonly dataFolder?: string | undefined;
}

/** Seconds between the request to end and the end, for the step at hand and a checkpoint. */
export const grace = 60;

/** What a person who opens the file wants to know first. */
export function aboutJob({ runs, tasks, folder }: ArrayJob): string {
  const split =
    runs === tasks
      ? `${runs} tasks, one run each`
      : `${runs} runs in ${tasks} tasks: task k trains the runs k, k + ${tasks}, k + ${2 * tasks} and so on`;
  return `${split}, of the sweep in ${JSON.stringify(folder)}`;
}

/** What to type when all tasks are over, or meanwhile. */
export function collectingWords({ folder, storage }: ArrayJob): string {
  return `dist-gan sweep ${JSON.stringify(folder)} --jobs 0${storage === undefined ? '' : ` --storage ${storage}`}`;
}

/** A name of a job as every cluster takes it: at most 40 letters, digits and dashes, then a digest that makes it unique. */
export function jobName(sweep: string, digest: string): string {
  const plain = sweep
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .slice(0, 31)
    .replaceAll(/^-+|-+$/g, '');
  return ['dist-gan', plain, digest].filter((part) => part !== '').join('-');
}
