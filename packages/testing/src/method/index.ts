export { describeMethod, methodChecks, type MethodSubject } from './method-checks.js';
