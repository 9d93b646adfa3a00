import { oneOf } from '@dist-gan/core';
import type { Role, RoleId } from '@dist-gan/core';
import * as v from 'valibot';

/** The encoder whose decoder is the generator. */
export const encoderRole: readonly Role[] = [{ id: 'encoder', kind: 'encoder' }];

/** Which networks a regulariser of the reconstruction phase trains. */
export const updatesEntry = v.optional(oneOf(['encoder-and-generator', 'encoder']), 'encoder-and-generator');

export function updatesOf(updates: v.InferOutput<typeof updatesEntry>): readonly RoleId[] {
  return updates === 'encoder' ? ['encoder'] : ['encoder', 'generator'];
}
