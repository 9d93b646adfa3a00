export { escapeMarkup } from './markup.js';
export { formatCount, formatDuration, formatNumber, formatSpeed } from './numbers.js';
export { shellWord } from './shell-word.js';
export { processOutput, type TextOutput } from './text-output.js';
