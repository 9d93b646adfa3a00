import { encodeSavedModel, type SavedModel } from './saved-model.js';

/** Writes a SavedModel into a folder, which is made where it is missing. */
export function writeSavedModel(folder: string, model: SavedModel): void {
  const { mkdirSync, writeFileSync } = process.getBuiltinModule('node:fs');
  const path = process.getBuiltinModule('node:path');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'saved_model.pb'), encodeSavedModel(model));
}
