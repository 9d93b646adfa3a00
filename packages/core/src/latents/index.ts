export { interpolateLatents } from './interpolate-latents.js';
