import { library } from '../../tooling/build/library.js';
import * as bundled from './src/page-files/bundle.js';

/** Puts what src/page-files/bundle.ts exports in its place. */
const evaluated = {
  name: 'evaluated',
  setup(build: { onLoad(files: { filter: RegExp }, load: () => object): void }) {
    const contents = Object.entries(bundled).map(
      ([name, text]) => `export const ${name} = ${JSON.stringify(text)};\n`,
    );
    build.onLoad({ filter: /[\\/]page-files[\\/]bundle\.ts$/ }, () => ({
      contents: contents.join(''),
      loader: 'js',
    }));
  },
};

export default library({ platform: 'node', esbuildPlugins: [evaluated] });
