import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Names of this machine that a browser on it may have typed, with any port: a tunnel may have brought it. */
const hosts = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

/**
 * What a request asks for below its token; nothing when it may not ask. A page of another origin whose name was bound to
 * 127.0.0.1 names its own host, and does not know the token.
 */
export function allowedPath({ headers, url = '' }: IncomingMessage, token: string): string | undefined {
  if (!hosts.test(headers.host ?? '')) return undefined;
  const [, given = '', path] = /^\/([^/?#]*)\/([^?#]*)/.exec(url) ?? [];
  // Of digests: they have one length, and comparing them takes one time.
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token)) ? path : undefined;
}
