export { checkFileWritable, checkFolderWritable, makeFolder } from './folders.js';
export { writeWhole } from './write-whole.js';
