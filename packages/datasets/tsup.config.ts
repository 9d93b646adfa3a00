import { library } from '../../tooling/build/library.js';

export default library({
  platform: 'node',
  entry: {
    index: 'src/index.ts',
    files: 'src/files/index.ts',
    pictures: 'src/pictures/index.ts',
    'picture-worker': 'src/pictures/picture-worker.js',
  },
});
