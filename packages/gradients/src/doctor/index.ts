export {
  checkSecondOrderGradients,
  gradientTolerances,
  type GradientCheck,
  type GradientStatus,
  type OrderCheck,
} from './check-second-order-gradients.js';
export { formatGradientReport } from './report.js';
