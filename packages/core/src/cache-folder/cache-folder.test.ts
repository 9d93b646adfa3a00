import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder } from './cache-folder.js';

const on = (platform: string, home = '/home/ada') => ({ platform, home: () => home });

describe('cacheFolder', () => {
  it.each([
    ['linux', {}, '/home/ada/.cache/dist-gan'],
    ['linux', { XDG_CACHE_HOME: '/tmp/caches' }, '/tmp/caches/dist-gan'],
    ['linux', { XDG_CACHE_HOME: 'caches' }, '/home/ada/.cache/dist-gan'],
    ['linux', { XDG_CACHE_HOME: '' }, '/home/ada/.cache/dist-gan'],
    ['linux', { LOCALAPPDATA: 'C:\\x' }, '/home/ada/.cache/dist-gan'],
    ['darwin', {}, '/home/ada/Library/Caches/dist-gan'],
    ['darwin', { DIST_GAN_CACHE: '/here' }, '/here'],
    ['linux', { DIST_GAN_CACHE: 'here', XDG_CACHE_HOME: '/tmp' }, resolve('here')],
    ['linux', { DIST_GAN_CACHE: '' }, '/home/ada/.cache/dist-gan'],
  ])('on %s with %j', (platform, environment, folder) => {
    expect(cacheFolder(environment, on(platform))).toBe(folder);
  });

  it("takes Windows' own place", () => {
    const machine = on('win32', 'C:\\Users\\ada');
    expect(cacheFolder({ LOCALAPPDATA: 'D:\\Local' }, machine)).toBe('D:\\Local\\dist-gan');
    expect(cacheFolder({}, machine)).toBe('C:\\Users\\ada\\AppData\\Local\\dist-gan');
  });

  it('says what to do without a home', () => {
    const failing = () => {
      throw new Error('uv_os_homedir returned ENOENT');
    };
    for (const home of [failing, () => '']) {
      expect(() => cacheFolder({}, { platform: 'linux', home })).toThrow('name a folder with DIST_GAN_CACHE');
    }
    expect(cacheFolder({ DIST_GAN_CACHE: '/x' }, { platform: 'linux', home: failing })).toBe('/x');
  });
});
