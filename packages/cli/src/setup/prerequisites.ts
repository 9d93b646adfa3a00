import { BackendError } from '@dist-gan/core';
import { works, type CommandOptions } from './child-process.js';

/** @throws BackendError there is no Python 3 with pip */
export async function findPython(options: CommandOptions): Promise<string> {
  for (const python of ['python3', 'python']) {
    if (!(await works(python, ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))'], options))) continue;
    if (await works(python, ['-m', 'pip', '--version'], options)) return python;
    throw new BackendError(
      `setup: ${python} has no pip, which fetches the wheel; install it (python3-pip on Debian and Ubuntu)`,
      python,
    );
  }
  throw new BackendError(
    'setup: there is no Python 3.8 or newer, which pip and node-gyp need; install it (python3 and python3-pip on Debian and Ubuntu)',
    'python3',
  );
}

/** @throws BackendError there is no C++ compiler or no make */
export async function requireCompiler(options: CommandOptions): Promise<void> {
  const { CXX } = options.environment;
  const compilers = [...(CXX ? [CXX] : []), 'c++', 'g++', 'clang++'];
  for (const program of [compilers, ['make']]) {
    let found = false;
    for (const name of program) found ||= await works(name, ['--version'], options);
    if (found) continue;
    throw new BackendError(
      `setup: there is no ${program === compilers ? 'C++ compiler' : 'make'}, which the addon is built with; ` +
        'install one (build-essential on Debian and Ubuntu)',
      program[0],
    );
  }
}

/** @throws BackendError the recipe is for another system */
export function requireLinux(remedy: string): void {
  if (process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch)) return requireGlibc();
  throw new BackendError(
    `setup: this works on Linux (x64, arm64), and this is ${process.platform}-${process.arch}; ${remedy}`,
    process.platform,
  );
}

/** Wheels of `manylinux` run on it alone. */
function requireGlibc(): void {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  if (header.glibcVersionRuntime !== undefined) return;
  throw new BackendError(
    'setup: this needs glibc, which this system has not (Alpine has musl in its place); use a system such as Debian',
    process.platform,
  );
}
