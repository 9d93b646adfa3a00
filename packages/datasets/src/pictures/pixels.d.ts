import type { Sharp } from 'sharp';

/** How the pixels of a picture file become red, green and blue. */
export interface PixelRules {
  /** Whether a picture is turned as its camera says. Default: it is left as it is stored unless it is TIFF, as Pillow does. */
  readonly upright?: boolean;
  /**
   * What lies behind pixels that are not opaque, red, green and blue from 0 to 255: they become
   * round((a c + (255 - a) background) / 255). Default: nothing; opacity is dropped and the colour c that is stored counts,
   * as in Pillow's `convert('RGB')`.
   */
  readonly background?: readonly [red: number, green: number, blue: number] | undefined;
}

/** A picture that is open; its pixels, opaque colours, are decoded when they are asked for, in one way or the other. */
export interface OpenPicture {
  /** For libvips to change while it decodes. */
  readonly open: () => Sharp;
  /** All of them. @throws Error when the file is damaged */
  readonly read: () => Promise<Pixels>;
  readonly height: number;
  readonly width: number;
}

export interface Pixels {
  /** `[height, width, 3]`, row-major: red, green, blue. */
  readonly data: Uint8Array;
  readonly height: number;
  readonly width: number;
}

/**
 * Opens a picture file and gives it to `use`, which must be done with its pixels when it returns. Where all
 * pixels are held at the same time (where `whole` says so of a size, and pictures with opacity, of four inks or of 16 bits), few megapixels are at
 * once in a thread: others wait. Large files are read one at a time.
 *
 * @throws Error when it is none that can be read
 */
export function withPicture<Result>(
  file: string,
  rules: PixelRules & {
    readonly whole?: (size: { readonly height: number; readonly width: number }) => boolean;
  },
  use: (picture: OpenPicture) => Promise<Result>,
): Promise<Result>;

/** All pixels of an open picture, of one that shrank meanwhile, too. @throws Error when it is damaged */
export function readPixels(pixels: Sharp): Promise<Pixels>;

/** Grey of colours: (19595 red + 38470 green + 7471 blue + 32768) / 65536, rounded down. */
export function greyOf(colours: Uint8Array): Uint8Array;
