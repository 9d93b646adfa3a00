export { architectureChecks, describeArchitecture } from './architecture-checks.js';
export type { ArchitectureSubject } from './architecture-subject.js';
export { reload } from './reload.js';
