export { checkFileWritable, checkFolderWritable, makeFolder } from './folders.js';
export { statIfAny } from './stat-if-any.js';
export { flushFolder, removeUnfinished, writeAtomically } from './write-atomically.js';
