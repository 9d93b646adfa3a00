export { checkFileWritable, checkFolderWritable, makeFolder } from './folders.js';
export { statIfAny } from './stat-if-any.js';
export { writeWhole } from './write-whole.js';
