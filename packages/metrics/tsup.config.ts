import { library } from '../../tooling/build/library.js';

export default library({
  entry: {
    index: 'src/index.ts',
    evaluate: 'src/evaluate/index.ts',
    extractors: 'src/extractors/index.ts',
    images: 'src/extractors/images/index.ts',
    inception: 'src/extractors/inception/index.ts',
    'layers-model': 'src/extractors/layers-model-extractor.ts',
  },
});
