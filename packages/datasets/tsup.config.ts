import { library } from '../../tooling/build/library.js';

export default library({
  platform: 'node',
  // Of zip.js' 8.8 MB, what we use: a part of the build, with its licence in NOTICE, loaded when an archive is read.
  noExternal: [/^@zip\.js/],
  entry: {
    index: 'src/index.ts',
    files: 'src/files/index.ts',
    pictures: 'src/pictures/index.ts',
    resampling: 'src/pictures/resampling/index.ts',
    'picture-worker': 'src/pictures/picture-worker.js',
  },
});
