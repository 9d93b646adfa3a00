import { isGanError } from '@dist-gan/core';

/** Code and message of the error of @dist-gan/core that something ends with. */
export async function failure(made: Promise<unknown>): Promise<string> {
  const error: unknown = await made.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isGanError(error) ? `${error.code}: ${error.message}` : `not ours: ${String(error)}`;
}
