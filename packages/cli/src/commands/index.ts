import type { Command } from './command.js';

/** A command as the list of commands shows it; what it needs is loaded when it is asked for. */
export interface CommandEntry {
  readonly name: string;
  /** One line, lower case. */
  readonly summary: string;
  /** Whether it makes methods, architectures, data sets or metrics: a user's own are loaded for it. */
  readonly takesOwnParts?: boolean;
  load(): Promise<Command>;
}

export const commands: readonly CommandEntry[] = [
  {
    name: 'train',
    summary: 'train a preset and write a run folder with numbers, pictures and a report',
    takesOwnParts: true,
    load: async () => (await import('./train.js')).train,
  },
  {
    name: 'resume',
    summary: 'go on with a run from its newest checkpoint',
    takesOwnParts: true,
    load: async () => (await import('./resume.js')).resume,
  },
  {
    name: 'watch',
    summary: 'serve a page on this machine that shows runs while they go on',
    takesOwnParts: true,
    load: async () => (await import('./watch.js')).watch,
  },
  {
    name: 'sample',
    summary: "write samples of a run's generator, as a picture or as numbers",
    takesOwnParts: true,
    load: async () => (await import('./sample.js')).sample,
  },
  {
    name: 'export',
    summary: "write a run's generator for other programs, with a card that says how to call it",
    takesOwnParts: true,
    load: async () => (await import('./export.js')).exportCommand,
  },
  {
    name: 'interpolate',
    summary: 'draw the way between latents of a run, as a picture or as numbers',
    takesOwnParts: true,
    load: async () => (await import('./interpolate.js')).interpolate,
  },
  {
    name: 'field',
    summary: "draw discriminators' scores over the plane and where they rise, of one run or several",
    takesOwnParts: true,
    load: async () => (await import('./field.js')).field,
  },
  {
    name: 'reconstruct',
    summary: "send samples through a run's encoder and generator, and draw both",
    takesOwnParts: true,
    load: async () => (await import('./reconstruct.js')).reconstruct,
  },
  {
    name: 'show',
    summary: 'show a run: its state, settings, numbers with protocol, checkpoints and files',
    load: async () => (await import('./show.js')).show,
  },
  {
    name: 'compare',
    summary: 'show where runs differ: settings, numbers with protocol, and how they came about',
    load: async () => (await import('./compare.js')).compare,
  },
  {
    name: 'sweep',
    summary: 'train methods, settings and seeds side by side, resumable, into one table and one figure',
    takesOwnParts: true,
    load: async () => (await import('./sweep.js')).sweep,
  },
  {
    name: 'array-task',
    summary: 'train the runs of one task of a job that sweep --print made for Slurm or Kubernetes',
    load: async () => (await import('./array-task.js')).arrayTask,
  },
  {
    name: 'worker',
    summary: 'train runs of sweeps that other machines have put into a queue',
    load: async () => (await import('./worker.js')).worker,
  },
  {
    name: 'evaluate',
    summary: 'measure generated images against real ones: FID, KID, precision, recall and others',
    takesOwnParts: true,
    load: async () => (await import('./evaluate.js')).evaluate,
  },
  {
    name: 'merge-shards',
    summary: 'make mean and covariance of a large set from its shards, for evaluate',
    load: async () => (await import('./merge-shards.js')).mergeShards,
  },
  {
    name: 'fetch',
    summary: 'download the files of a data set, with checksums; goes on where it stopped',
    load: async () => (await import('./fetch.js')).fetch,
  },
  {
    name: 'train-classifier',
    summary: 'train the classifier of digits that metrics of MNIST and MNIST-1K need',
    load: async () => (await import('./train-classifier.js')).trainClassifier,
  },
  {
    name: 'presets',
    summary: 'list the presets that can be trained',
    load: async () => (await import('./presets.js')).presetsCommand,
  },
  {
    name: 'doctor',
    summary: 'show what this machine can train with, and prove the gradients',
    load: async () => (await import('./doctor.js')).doctor,
  },
  {
    name: 'setup',
    summary: 'bring an engine that npm alone does not install',
    load: async () => (await import('./setup.js')).setup,
  },
  {
    name: 'complete',
    summary: 'print what makes a shell complete the words of this program',
    load: async () => (await import('./complete.js')).complete,
  },
];
