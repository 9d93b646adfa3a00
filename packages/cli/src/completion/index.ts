export { completeWords } from './complete-words.js';
