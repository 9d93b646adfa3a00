import { library } from '../../tooling/build/library.js';

export default library({
  entry: {
    index: 'src/index.ts',
    features: 'src/features/index.ts',
    images: 'src/images/index.ts',
    inception: 'src/inception/index.ts',
    'layers-model': 'src/features/layers-model-extractor.ts',
  },
});
