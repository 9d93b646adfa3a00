import { library } from '../../tooling/build/library.js';

export default library({
  entry: {
    index: 'src/index.ts',
    architecture: 'src/architecture/index.ts',
    augmentation: 'src/augmentation/index.ts',
    compiled: 'src/compiled/index.ts',
    dataset: 'src/dataset/index.ts',
    loss: 'src/loss/index.ts',
    method: 'src/method/index.ts',
    metric: 'src/metric/index.ts',
    recipe: 'src/recipe/index.ts',
  },
});
