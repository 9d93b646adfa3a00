import { library } from '../../tooling/build/library.js';

// One file a source file: a bundler leaves out whole files that nobody uses, but keeps schemas that are made beside what is used, and
// valibot with them.
export default library({ entry: ['src/**/*.ts', '!src/**/*.test.ts'], bundle: false });
