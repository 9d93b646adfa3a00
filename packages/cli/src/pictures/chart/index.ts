export { colors } from './colors.js';
export { drawChart } from './draw-chart.js';
export { heading } from './heading.js';
export { axisAt, dots, frame, plot, plotBox, plotSize, type Limits } from './plot.js';
export { loadSharp, pixelsToPng, toPng, type Pixels } from './to-png.js';
