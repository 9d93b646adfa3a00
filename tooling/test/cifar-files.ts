/** Byte of image i, at pixel p of a colour. */
export const byteAt = (image: number, channel: number, pixel: number) =>
  (7 * image + 85 * channel + pixel) % 256;

const latin1 = (value: string) => Buffer.from(value, 'latin1');

/** Planes of red, green and blue, image after image. */
function planes(count: number): Buffer {
  return Buffer.from(
    Uint8Array.from({ length: count * 3072 }, (_, k) =>
      byteAt(Math.floor(k / 3072), Math.floor((k % 3072) / 1024), k % 1024),
    ),
  );
}

/** A list as Python 2's cPickle wrote it. It comes in pieces, of a thousand in the published files. */
function list(values: readonly number[]): string {
  const items = values.map((value, i) => `${i > 0 && i % 5 === 0 ? 'e(' : ''}K${String.fromCharCode(value)}`);
  return `]q\x05(${items.join('')}e`;
}

const shortText = (text: string) => `U${String.fromCharCode(text.length)}${text}`;

/** From the key `data` to the length of the pixels: numpy's description of an array of bytes. */
function arrayOf(count: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(count * 3072);
  return Buffer.concat([
    latin1(
      `${shortText('data')}q\x06cnumpy.core.multiarray\n_reconstruct\nq\x07cnumpy\nndarray\nq\x08K\x00\x85U\x01b\x87Rq\t(`,
    ),
    latin1(
      `K\x01K${String.fromCharCode(count)}M\x00\x0c\x86cnumpy\ndtype\nq\nU\x02u1K\x00K\x01\x87Rq\x0b(K\x03U\x01|NNN`,
    ),
    latin1('J\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89T'),
    length,
    planes(count),
  ]);
}

type Label = (image: number) => number;
const labelsOf = (count: number, label: Label) => Array.from({ length: count }, (_, i) => label(i));

/** A batch of CIFAR-10 as Python 2's cPickle wrote it: the bytes of the published files around other numbers. */
export function cifar10Pickle(count: number, label: Label = (image) => image % 10): Buffer {
  return Buffer.concat([
    latin1('\x80\x02}q\x01(U\x0bbatch_labelq\x02U\x15training batch 1 of 5q\x03'),
    latin1(`${shortText('labels')}q\x04${list(labelsOf(count, label))}`),
    arrayOf(count),
    latin1('q\x0ctbU\tfilenamesq\r]q\x0e(U\x0fleptod_s_01.pngq\x0feu.'),
  ]);
}

/** The same of CIFAR-100, whose keys are filenames, batch_label, fine_labels, coarse_labels, data. */
export function cifar100Pickle(count: number, fine: Label, coarse: Label): Buffer {
  return Buffer.concat([
    latin1('\x80\x02}q\x01(U\tfilenamesq\x02]q\x03(U\x0fbos_taur_s_07.pngq\x04eU\x0bbatch_labelq\x05'),
    latin1('U\x15training batch 1 of 1q\x06'),
    latin1(`${shortText('fine_labels')}q\x07${list(labelsOf(count, fine))}`),
    latin1(`${shortText('coarse_labels')}q\x08${list(labelsOf(count, coarse))}`),
    arrayOf(count),
    latin1('q\x0ctbu.'),
  ]);
}

/** A binary file: the labels of an image in front of it. */
export function cifarRecords(count: number, ...labels: readonly Label[]): Buffer {
  const pixels = planes(count);
  return Buffer.concat(
    Array.from({ length: count }, (_, i) =>
      Buffer.concat([
        Buffer.from(labels.map((label) => label(i))),
        pixels.subarray(i * 3072, (i + 1) * 3072),
      ]),
    ),
  );
}
