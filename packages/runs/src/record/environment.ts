import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, totalmem } from 'node:os';
import * as tf from '@tensorflow/tfjs-core';
import { version_layers } from '@tensorflow/tfjs-layers';
import type { RunRecord } from './run-record.js';

/** Of this package: all of the project's are released with one number. */
const { version } = createRequire(import.meta.url)('@dist-gan/runs/package.json') as { version: string };

/** Of what computes. */
export function installedVersions(): Record<string, string> {
  return {
    'dist-gan': version,
    node: process.version.replace(/^v/, ''),
    '@tensorflow/tfjs-core': tf.version_core,
    '@tensorflow/tfjs-layers': version_layers,
  };
}

export function describeMachine(): RunRecord['machine'] {
  return {
    platform: `${process.platform}-${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
  };
}

/** The commit checked out in a folder's git repository; null where there is none. */
export function gitCommit(folder: string): string | null {
  try {
    const output = execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return output.trim() || null;
  } catch {
    return null;
  }
}
