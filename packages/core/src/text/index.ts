export { formatCount, formatDuration, formatNumber, formatSpeed } from './numbers.js';
