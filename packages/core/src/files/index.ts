export { checkFileWritable, checkFolderWritable, makeFolder } from './folders.js';
