import { choice, DatasetFormatError } from '@dist-gan/core';
import * as v from 'valibot';
import { builtin } from './file-system.js';

/** What to do with a file that is intact but is not the published one. */
export const checksum = v.optional(choice(['warn', 'require', 'ignore'], JSON.stringify), 'warn');

export type Checksum = v.InferOutput<typeof checksum>;

/** A file that was published, and what is known of it. */
interface PublishedContent {
  /** What a message calls it: `this is not the published data_batch_1`. */
  readonly description: string;
  /** MD5 of the bytes that are compared, in hexadecimal. */
  readonly md5: string;
  /** What was hashed, where that is not the file as it lies there. */
  readonly hashed?: string;
  /** What a user can do about another file. */
  readonly remedy: string;
}

/**
 * Compares bytes with those that were published.
 *
 * @param digest gives their MD5; it is not asked when `mode` is `ignore`
 * @param warn hears of a difference when `mode` is `warn`
 * @throws DatasetFormatError for a difference when `mode` is `require`
 */
export function compareWithPublished(
  digest: () => string,
  file: string,
  published: PublishedContent,
  mode: Checksum,
  warn: (message: string) => void,
): void {
  if (mode === 'ignore') return;
  const found = digest();
  if (found === published.md5) return;
  const { description, hashed, remedy } = published;
  const of = hashed === undefined ? '' : ` of ${hashed}`;
  const message = `${file}: ${description} (MD5${of} ${found}, published ${published.md5})`;
  if (mode === 'require') throw new DatasetFormatError(`${message}; ${remedy}`, file, 0);
  warn(message);
}

/** The MD5 of bytes, in hexadecimal. */
export function md5(content: Uint8Array): string {
  return builtin('node:crypto').createHash('md5').update(content).digest('hex');
}
