import { GanError, OptionError } from '@dist-gan/core';
import { Redis } from 'ioredis';

/** The queue cannot be reached, or does not let us in. */
export class QueueError extends GanError {
  readonly code = 'BACKEND_UNAVAILABLE';
}

/** Milliseconds to wait for an answer at first, and between two tries later at most. */
const patience = 5000;

/**
 * Connects to Redis or Valkey: `redis://user:password@host:port/database`, `rediss://` with TLS. Once it was there, it is waited
 * for when it goes away.
 *
 * @throws OptionError for what is no such address, QueueError when nothing answers there or the password is refused. No message holds
 * the password.
 */
export async function connect(address: string): Promise<Redis> {
  const shown = withoutSecrets(address);
  let wasThere = false;
  let reason = 'no answer';
  const connection = new Redis(address, {
    lazyConnect: true,
    connectTimeout: patience,
    maxRetriesPerRequest: null,
    retryStrategy: (tries) => (wasThere ? Math.min(tries * 200, patience) : null),
  });
  connection.on('error', (error: Error) => (reason = error.message));
  try {
    await connection.connect();
    await connection.ping();
  } catch (cause) {
    connection.disconnect();
    const why = (cause as Error).message === 'Connection is closed.' ? reason : (cause as Error).message;
    throw new QueueError(
      `--queue ${shown} cannot be used (${why}); start a Redis or Valkey there, or correct the address or the password`,
    );
  }
  wasThere = true;
  return connection;
}

/** An address as it may be shown: without user and password. */
export function withoutSecrets(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['redis:', 'rediss:'].includes(url.protocol)) {
    throw new OptionError(
      '--queue must be the address of a Redis or Valkey, for instance redis://localhost:6379 or rediss://user:password@host:6380',
      '--queue',
      undefined,
    );
  }
  return `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`;
}
