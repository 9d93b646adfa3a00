import { OutputError } from '../errors/index.js';

/** What the place of the folder depends on beside the environment; by default that of this process. */
interface Machine {
  readonly platform: string;
  readonly home: () => string;
}

/**
 * The folder in which every package keeps what can be made again (engines, statistics, classifiers): the environment
 * variable `DIST_GAN_CACHE`, else `dist-gan` where the system keeps caches: `$XDG_CACHE_HOME`, `~/Library/Caches` on
 * macOS, `%LOCALAPPDATA%` on Windows, `~/.cache` elsewhere. It need not exist.
 *
 * @throws OutputError where none of them says anything and the user has no home folder
 */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  { platform, home }: Machine = {
    platform: process.platform,
    home: process.getBuiltinModule('node:os').homedir,
  },
): string {
  const { DIST_GAN_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  const path = process.getBuiltinModule('node:path')[platform === 'win32' ? 'win32' : 'posix'];
  // Node looks for packages in absolute folders only.
  if (DIST_GAN_CACHE) return path.resolve(DIST_GAN_CACHE);
  // The standard asks to pass by what is no absolute path.
  if (XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME)) return path.join(XDG_CACHE_HOME, 'dist-gan');
  if (platform === 'win32' && LOCALAPPDATA) return path.join(LOCALAPPDATA, 'dist-gan');
  const caches = { darwin: ['Library', 'Caches'], win32: ['AppData', 'Local'] }[platform] ?? ['.cache'];
  return path.join(homeOf(home), ...caches, 'dist-gan');
}

function homeOf(home: () => string): string {
  try {
    const folder = home();
    if (folder !== '') return folder;
  } catch {
    // Node throws where the system knows no such user.
  }
  throw new OutputError('there is no home folder to keep caches in; name a folder with DIST_GAN_CACHE', '~');
}
