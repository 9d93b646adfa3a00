import { makeFolder } from '@dist-gan/core';
import { encodeSavedModel, type SavedModel } from './saved-model.js';

/** Writes a SavedModel into a folder, which is made where it is missing. */
export function writeSavedModel(folder: string, model: SavedModel): void {
  const { writeFileSync } = process.getBuiltinModule('node:fs');
  const path = process.getBuiltinModule('node:path');
  makeFolder(folder);
  writeFileSync(path.join(folder, 'saved_model.pb'), encodeSavedModel(model));
}
