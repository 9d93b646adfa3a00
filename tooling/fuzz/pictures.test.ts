import { createRequire } from 'node:module';
import { decodePicture } from '../../packages/datasets/src/pictures/decode-picture.js';
import { attack, type Reader } from './attack.js';
import { asFile } from './scratch.js';

type Sharp = (
  data: Uint8Array,
  options: object,
) => { toFormat(kind: string): { toBuffer(): Promise<Buffer> } };
const requireOfDatasets = createRequire(new URL('../../packages/datasets/package.json', import.meta.url));
const loaded = requireOfDatasets('sharp') as Sharp & { readonly default?: Sharp };
const sharp = loaded.default ?? loaded;

const picture = (kind: string): Reader => ({
  whole: sharp(
    Uint8Array.from({ length: 300 }, (_, i) => (i * i) % 256),
    { raw: { height: 10, width: 10, channels: 3 } },
  )
    .toFormat(kind)
    .toBuffer(),
  read: (bytes) => decodePicture(asFile('picture', bytes)),
});

attack({
  png: picture('png'),
  jpeg: picture('jpeg'),
  webp: picture('webp'),
  gif: picture('gif'),
  tiff: picture('tiff'),
});
