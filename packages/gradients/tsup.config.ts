import { library } from '../../tooling/build/library.js';

export default library({ entry: { index: 'src/index.ts', doctor: 'src/doctor/index.ts' } });
