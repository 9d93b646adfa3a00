import sharp from 'sharp';

/**
 * Writes a JPEG of noise of several sizes laid over one another: it has about as much to do as with photographs.
 *
 * @param stream `RandomStream` of @dist-gan/core
 */
export async function writeNoisePicture(file, { width, height }, stream) {
  const layer = async (side, opacity) => {
    const noise = Uint8Array.from({ length: 4 * side * side }, (_, k) =>
      k % 4 === 3 ? opacity : stream.nextInteger(256),
    );
    return sharp(noise, { raw: { width: side, height: side, channels: 4 } })
      .resize(width, height, { fit: 'fill', kernel: 'cubic' })
      .png({ compressionLevel: 0 })
      .toBuffer();
  };
  const layers = await Promise.all([layer(16, 128), layer(64, 60)]);
  await sharp(await layer(4, 255))
    .composite(layers.map((input) => ({ input })))
    .jpeg({ quality: 90 })
    .toFile(file);
}
