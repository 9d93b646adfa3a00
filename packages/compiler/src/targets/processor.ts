import { isNode } from './is-node.js';

/** Linux' words, read once. */
let words: string | undefined;

/** What Linux says of the processor (`/proc/cpuinfo`); nothing elsewhere. */
export function processorWords(): string {
  words ??= readWords();
  return words;
}

function readWords(): string {
  if (!isNode()) return '';
  try {
    return process.getBuiltinModule('node:fs').readFileSync('/proc/cpuinfo', 'latin1');
  } catch {
    return '';
  }
}

/**
 * Whether the processor has vectors of 256 bits and none of 512 (AVX2 without AVX-512).
 *
 * @param of what `/proc/cpuinfo` holds; where it has no flags, as elsewhere than on x64, nothing is known and the answer is no
 */
export function lacksAvx512(of: string): boolean {
  const flags = /^flags\s*:(.*)$/m.exec(of)?.[1].trim().split(/\s+/) ?? [];
  return flags.includes('avx2') && !flags.includes('avx512f');
}
