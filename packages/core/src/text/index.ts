export { escapeMarkup } from './markup.js';
export { formatCount, formatDuration, formatNumber, formatSpeed } from './numbers.js';
