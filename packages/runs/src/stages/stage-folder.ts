import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CheckpointError,
  fromJson,
  makeFolder,
  readAs,
  readSafetensors,
  toJson,
  writeAtomically,
  writeSafetensors,
  type JsonObject,
} from '@dist-gan/core';
import type { StageStore, StoredStage } from '@dist-gan/trainer';
import * as v from 'valibot';

const record = v.looseObject({
  complete: v.picklist(['true', 'false']),
  seconds: v.string(),
  options: v.string(),
});

/**
 * Keeps the stages of a recipe in a folder, each as one safetensors file: `<stage>.safetensors`, with its options in the
 * metadata. A file appears whole or not at all.
 *
 * @throws CheckpointError when a stage's file is damaged
 * @throws OutputError when the folder cannot be written
 */
export function stageFolder(path: string): StageStore {
  const fileOf = (stage: string) => join(path, `${stage}.safetensors`);
  return {
    async read(stage) {
      const file = fileOf(stage);
      if (!existsSync(file)) return undefined;
      try {
        const { tensors, metadata } = readSafetensors(readFileSync(file), file);
        const { complete, seconds, options } = readAs(record, metadata);
        return {
          complete: complete === 'true',
          seconds: Number(seconds),
          options: fromJson(options) as JsonObject,
          tensors: Object.fromEntries(
            [...tensors].map(([name, { shape, data }]) => [name, { shape, data }]),
          ) as StoredStage['tensors'],
        };
      } catch (cause) {
        throw new CheckpointError(
          `${file} is no stage of a recipe, or damaged (${(cause as Error).message}); remove it, and the stage is run again`,
          file,
          { cause },
        );
      }
    },
    async write(stage, { tensors, complete, seconds, options }) {
      makeFolder(path);
      const metadata = { complete: String(complete), seconds: String(seconds), options: toJson(options) };
      writeAtomically(fileOf(stage), writeSafetensors(new Map(Object.entries(tensors)), metadata));
    },
  };
}
