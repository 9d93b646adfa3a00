export { completeWords } from './complete-words.js';
export { datasetNames, presetNames, publicationNames, settingKeys } from './values.js';
