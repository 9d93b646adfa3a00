import { expect, it } from 'vitest';
import { runProgram } from './child-process.js';

it('tells what the compiler has said, and not what node-gyp says after it', async () => {
  const written = [
    '../a.cc:1:10: fatal error: nothere.h: No such file or directory',
    '    1 | #include <nothere.h>',
    '      |          ^~~~~~~~~~~',
    'compilation terminated.',
    'make: *** [t.target.mk:108: Release/obj.target/t/a.o] Error 1',
    "make: Leaving directory '/a/build'",
    'gyp ERR! build error ',
    'gyp ERR! stack Error: `make` failed with exit code: 2',
    'gyp ERR! stack at ChildProcess.<anonymous> (/node-gyp/lib/build.js:219:23)',
    'gyp ERR! System Linux 6.18',
    'gyp ERR! command "node" "node-gyp.js" "rebuild"',
    'gyp ERR! cwd /a',
    'gyp ERR! node -v v20.20.2',
    'gyp ERR! node-gyp -v v12.4.0',
    'gyp ERR! not ok',
  ];
  const program = `console.error(${JSON.stringify(written.join('\n'))}); process.exitCode = 1;`;
  await expect(
    runProgram(process.execPath, ['-e', program], 'It could not be built.', { environment: process.env }),
  ).rejects.toThrow(/fatal error: nothere\.h.*Error 1.*\. It could not be built\.$/s);
});
