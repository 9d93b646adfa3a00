import { shareOfPlane } from '../training/messages.js';

/** A dot's middle is rounded to this part of a pixel, across and down. */
const partsOfPixel = 4;

/**
 * Many opaque dots, stamped pixel by pixel. A canvas takes ten times as long for a path of some thousand circles, which is most of a
 * frame where no graphics card draws it.
 */
export class Dots {
  private readonly side: number;
  /** What a dot covers of each pixel around it, from 0 to 255: a square for each place of its middle within a pixel. */
  private readonly stamps: readonly Uint8ClampedArray[];
  /** The plane, with room for half a dot on every side. */
  private readonly image: ImageData;
  private readonly pixels: Uint32Array;
  /** A pixel of the colour that covers nothing, as it lies in memory. */
  private readonly blank: number;
  private readonly picture: OffscreenCanvasRenderingContext2D;

  /** @param width of the plane, and `radius`: in pixels of the canvas */
  constructor(
    readonly width: number,
    fill: string,
    radius: number,
  ) {
    const side = 2 * Math.ceil(radius + 1);
    const sheet = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true })!;
    sheet.fillStyle = fill;
    const stampAt = (x: number, y: number) => {
      sheet.clearRect(0, 0, side, side);
      sheet.beginPath();
      sheet.arc(side / 2 + x, side / 2 + y, radius, 0, 2 * Math.PI);
      sheet.fill();
      const { data } = sheet.getImageData(0, 0, side, side);
      return Uint8ClampedArray.from({ length: side * side }, (_, pixel) => data[4 * pixel + 3]);
    };
    this.side = side;
    this.stamps = Array.from({ length: partsOfPixel ** 2 }, (_, part) =>
      stampAt((part % partsOfPixel) / partsOfPixel, Math.floor(part / partsOfPixel) / partsOfPixel),
    );
    const [red, green, blue] = sheet.getImageData(side / 2, side / 2, 1, 1).data;
    this.blank = new Uint32Array(Uint8Array.of(red, green, blue, 0).buffer)[0];
    this.picture = new OffscreenCanvas(width + 2 * side, width + 2 * side).getContext('2d')!;
    this.image = this.picture.createImageData(width + 2 * side, width + 2 * side);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  /** Lays points (x and y in turn) over a canvas whose unit is a pixel. */
  draw(context: CanvasRenderingContext2D, points: Float32Array): void {
    const { side, width, stamps, image, picture } = this;
    const stride = image.width;
    this.pixels.fill(this.blank);
    for (let i = 0; i < points.length; i += 2) {
      const x = Math.round(partsOfPixel * (width * shareOfPlane(points[i]) + side / 2));
      const y = Math.round(partsOfPixel * (width * (1 - shareOfPlane(points[i + 1])) + side / 2));
      const [left, top] = [Math.floor(x / partsOfPixel), Math.floor(y / partsOfPixel)];
      if (!(left >= 0 && top >= 0 && left <= stride - side && top <= stride - side)) continue;
      const stamp = stamps[(y % partsOfPixel) * partsOfPixel + (x % partsOfPixel)];
      for (let row = 0, pixel = 0; row < side; row++) {
        let alpha = 4 * ((top + row) * stride + left) + 3;
        for (let column = 0; column < side; column++, pixel++, alpha += 4)
          if (stamp[pixel] > image.data[alpha]) image.data[alpha] = stamp[pixel];
      }
    }
    picture.putImageData(image, 0, 0);
    context.drawImage(picture.canvas, -side, -side);
  }
}
