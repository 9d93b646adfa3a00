import { library } from '../../tooling/build/library.js';

export default library({ platform: 'node' });
