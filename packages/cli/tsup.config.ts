import { library } from '../../tooling/build/library.js';

export default library({ entry: ['src/index.ts', 'src/bin.ts'], platform: 'node' });
