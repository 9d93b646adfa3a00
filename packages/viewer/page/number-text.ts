export {
  formatCount as count,
  formatDuration as duration,
  formatNumber as number,
  formatSpeed as speed,
} from '@dist-gan/core';
