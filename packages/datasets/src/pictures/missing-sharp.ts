import { BackendError } from '@dist-gan/core';

// Apart from what decodes: a page that bundles the data sets must not come upon sharp.

/** Whether what was thrown says that sharp is not installed, or has no binary for this machine. */
export function isMissingSharp(cause: unknown): boolean {
  const { code, message = '' } = cause as { code?: string; message?: string };
  return code === 'ERR_MODULE_NOT_FOUND' || message.startsWith('Could not load the "sharp" module');
}

export function sharpMissing(cause: unknown): BackendError {
  return new BackendError('pictures are read with sharp; install it (npm install sharp)', 'sharp', { cause });
}
