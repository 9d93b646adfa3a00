export { largestSobolCount, largestSobolDimension, sobolPoints } from './sobol/sobol-points.js';
export type { TargetPoints } from './points/check-points.js';
export type { BrenierPotential } from './potential/brenier-potential.js';
export { dihedralAngle } from './potential/dihedral-angle.js';
export type { MakePlaneEngine, PlaneEngine, Planes } from './cells/plane-engine.js';
export { plainEngine } from './cells/plain-engine.js';
export { compiledEngine, type CompiledEngineOptions } from './cells/compiled-engine.js';
export type { TransportOptions } from './solve/options.js';
export { solveTransport, type TransportResult } from './solve/solve-transport.js';
export type { TransportProgress } from './solve/transport-progress.js';
export type { TransportState } from './solve/transport-state.js';
export {
  solveTransportExactly,
  type ExactTransportOptions,
  type ExactTransportResult,
} from './planar/solve-exactly.js';
export type { NewtonProgress } from './planar/newton.js';
export { areaOf, planarCells, type PlanarCell } from './planar/power-diagram.js';
export { locateSamples } from './cells/locate-samples.js';
export {
  extendTransport,
  type DrawnPoints,
  type ExtendedMap,
  type ExtensionOptions,
  type MappedSamples,
} from './extension/extended-map.js';
