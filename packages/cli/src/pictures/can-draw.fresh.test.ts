import { afterEach, expect, it, vi } from 'vitest';
import { canDraw } from './can-draw.js';

afterEach(() => vi.doUnmock('sharp'));

it('says what is missing where sharp cannot be loaded', async () => {
  const notices: string[] = [];
  const notice = (message: string) => notices.push(message);
  expect(await canDraw(notice)).toBe(true);
  expect(notices).toEqual([]);
  vi.doMock('sharp', () => {
    throw new Error('Could not load the "sharp" module using the linux-x64 runtime');
  });
  expect(await canDraw(notice)).toBe(false);
  expect(notices).toEqual([
    expect.stringMatching(/^there will be no pictures: .*npm install --include=optional sharp/),
  ]);
});
