export {
  installSecondOrderGradients,
  secondOrderGradientsInstalled,
  uninstallSecondOrderGradients,
} from './registry/install.js';
export { trustedCustomGradient } from './guard/custom-gradients.js';
export {
  checkSecondOrderGradients,
  gradientTolerances,
  type GradientCheck,
  type GradientStatus,
  type OrderCheck,
} from './doctor/check-second-order-gradients.js';
export { formatGradientReport } from './doctor/report.js';
