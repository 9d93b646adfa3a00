import type { Pixels } from './pixels.js';

/**
 * All pixels of a JPEG file of three colours, to the byte those of libjpeg-turbo as Pillow and libvips have it, in a third of the time
 * that libvips takes for a small picture. Of a file whose tables are nonsense, numbers that leave their range may become others than there.
 *
 * @param size what its header says
 * @returns undefined for a file that is damaged, and for more than 262,144 pixels (512 x 512): those are for libvips
 */
export function decodeJpeg(
  bytes: Uint8Array,
  size: { readonly height: number; readonly width: number },
): Pixels | undefined;
