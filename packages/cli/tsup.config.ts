import { library } from '../../tooling/build/library.js';

export default library({
  entry: ['src/index.ts', 'src/bin.ts'],
  platform: 'node',
  // Of ECharts' 60 MB, what draws our charts: it is a part of the build, with its licence in NOTICE.
  noExternal: [/^echarts/, /^zrender/, 'tslib'],
});
