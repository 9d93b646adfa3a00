/**
 * Who may import whom, package by package. The package manager already refuses an import that is not
 * declared; this table refuses the declaration: an edge that is not here makes the lint fail.
 */
export const importDirections = {
  core: [],
  gradients: ['core'],
  datasets: ['core'],
  metrics: ['compiler', 'datasets', 'core'],
  compiler: ['core'],
  testing: ['core'],
  losses: ['gradients', 'core'],
  architectures: ['core'],
  augmentations: ['core'],
  transport: ['compiler', 'core'],
  methods: ['losses', 'transport', 'augmentations', 'core'],
  presets: ['methods', 'architectures', 'augmentations', 'datasets', 'metrics', 'core'],
  trainer: ['compiler', 'gradients', 'core'],
  runs: ['trainer', 'compiler', 'core'],
  viewer: ['runs', 'core'],
  sweeps: ['runs', 'core'],
  queue: ['sweeps', 'core'],
  cli: [
    'viewer',
    'sweeps',
    'queue',
    'runs',
    'core',
    'gradients',
    'architectures',
    'datasets',
    'metrics',
    'methods',
    'augmentations',
    'presets',
    'compiler',
    'trainer',
  ],
};

/** What tests may import beside that: the conformance suites, and packages that serve as examples. */
export const testOnlyImports = {
  compiler: ['gradients'],
  losses: ['compiler'],
  trainer: ['methods', 'augmentations', 'architectures', 'datasets', 'metrics'],
  runs: ['methods', 'augmentations', 'architectures', 'datasets'],
  architectures: ['gradients', 'compiler'],
  queue: ['runs'],
};

/** Folders of the compiler: each may import from those before it. */
export const compilerLayers = [
  'graph',
  'emitters',
  'operations',
  'kernels',
  'passes',
  'record',
  'targets',
  'compile',
];
