/** Keeps the stages of a recipe in a folder: `<stage>.safetensors` with the numbers, `<stage>.json` with the rest. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors, writeSafetensors } from '@dist-gan/core';

export function stageFolder(path) {
  mkdirSync(path, { recursive: true });
  // Under another name first: a file that is there is whole.
  const write = (file, content) => {
    writeFileSync(`${file}.new`, content);
    renameSync(`${file}.new`, file);
  };
  return {
    async read(stage) {
      const record = join(path, `${stage}.json`);
      if (!existsSync(record)) return undefined;
      const file = join(path, `${stage}.safetensors`);
      const { tensors } = readSafetensors(readFileSync(file), file);
      return { ...JSON.parse(readFileSync(record, 'utf8')), tensors: Object.fromEntries(tensors) };
    },
    async write(stage, { tensors, ...record }) {
      write(join(path, `${stage}.safetensors`), writeSafetensors(new Map(Object.entries(tensors))));
      write(join(path, `${stage}.json`), JSON.stringify(record));
    },
  };
}
