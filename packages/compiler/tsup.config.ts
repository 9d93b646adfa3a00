import { library } from '../../tooling/build/library.js';

// One file a source file: a page that compiles loads nothing of what writes SavedModels.
export default library({ entry: ['src/**/*.ts', '!src/**/*.test.ts'], bundle: false });
