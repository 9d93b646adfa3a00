export {
  installSecondOrderGradients,
  secondOrderGradientsInstalled,
  uninstallSecondOrderGradients,
} from './registry/install.js';
export { trustedCustomGradient } from './guard/custom-gradients.js';
