import { RandomStream, type Dataset } from '@dist-gan/core';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { Axes, ticks } from './axes.js';
import { Canvas } from './canvas.js';
import { colors, type Color } from './colors.js';
import { drawDensity } from './density.js';
import { drawImageGrid } from './image-grid.js';
import { drawImagePanels } from './image-panels.js';
import { drawInterpolation, reconstructionPainter, samplePainter } from './index.js';
import { latentLines } from './interpolation.js';
import { drawTitle } from './legend.js';
import { drawLatentLabelMap } from './latent-label-map.js';
import { drawScatter } from './scatter.js';
import { textStrokes, textWidth } from './stroke-font.js';

const black: Color = [0, 0, 0];
const white: Color = [255, 255, 255];

function decoded(canvas: Canvas) {
  const png = PNG.sync.read(Buffer.from(canvas.toPng()));
  return {
    width: png.width,
    height: png.height,
    at: (x: number, y: number) => [
      ...png.data.subarray((y * png.width + x) * 4, (y * png.width + x) * 4 + 3),
    ],
    /** The darkness of the whole picture in units of one black pixel. */
    ink: () => {
      let sum = 0;
      for (let i = 0; i < png.data.length; i += 4) sum += 1 - png.data[i] / 255;
      return sum;
    },
  };
}

describe('Canvas', () => {
  it('paints discs and rings with the area that they have', () => {
    const disc = new Canvas(60, 60, white);
    disc.disc({ x: 30.3, y: 29.6 }, 20, black);
    expect(decoded(disc).ink() / (Math.PI * 400)).toBeCloseTo(1, 2);
    const ring = new Canvas(60, 60, white);
    ring.ring({ x: 30.3, y: 29.6 }, 20, 4, black);
    expect(decoded(ring).ink() / (2 * Math.PI * 20 * 4)).toBeCloseTo(1, 2);
  });

  it('mixes colours by opacity, and paints where two segments meet only once', () => {
    const canvas = new Canvas(40, 40, white);
    canvas.rectangle(0, 0, 40, 40, black, 0.2);
    expect(decoded(canvas).at(5, 5)).toEqual([204, 204, 204]);
    const line = new Canvas(40, 40, white);
    line.lines(
      [
        [
          { x: 5, y: 20 },
          { x: 20, y: 20 },
          { x: 35, y: 20 },
        ],
      ],
      6,
      black,
      0.5,
    );
    expect(decoded(line).at(20, 20)).toEqual(decoded(line).at(10, 20));
  });

  it('leaves out what lies outside of it', () => {
    const canvas = new Canvas(10, 10, white);
    canvas.disc({ x: -50, y: 5 }, 20, black);
    canvas.lines(
      [
        [
          { x: -10, y: -10 },
          { x: 50, y: -10 },
        ],
      ],
      3,
      black,
    );
    canvas.rectangle(8, 8, 100, 100, black);
    expect(decoded(canvas).ink()).toBe(4);
  });

  it('fills the area under a curve', () => {
    const canvas = new Canvas(120, 120, white);
    canvas.areaUnder(
      [
        { x: 10, y: 60 },
        { x: 60, y: 20 },
        { x: 110, y: 60 },
      ],
      100,
      black,
    );
    expect(decoded(canvas).ink() / (100 * 60)).toBeCloseTo(1, 2);
  });
});

describe('the stroke font', () => {
  it('has a glyph of its own for every printable character', () => {
    const unknown = JSON.stringify(textStrokes('\u2603', 12));
    const shapes = new Map<string, string>();
    for (let code = 33; code < 127; code++) {
      const character = String.fromCharCode(code);
      if ('$&@^`{}~'.includes(character)) continue;
      const shape = JSON.stringify(textStrokes(character, 12));
      expect(shape, character).not.toBe(unknown);
      expect(shapes.get(shape), character).toBeUndefined();
      shapes.set(shape, character);
    }
  });

  it('keeps text inside the width that it says', () => {
    const text = 'gaussian-grid, step 12,000';
    const xs = textStrokes(text, 16)
      .flat()
      .map(({ x }) => x);
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(-0.01);
    expect(Math.max(...xs)).toBeLessThanOrEqual(textWidth(text, 16) + 0.3);
    expect(textWidth(text, 32)).toBeCloseTo(2 * textWidth(text, 16));
  });
});

describe('axes', () => {
  it('puts ticks on round numbers inside the limits', () => {
    expect(ticks([-4.4, 4.4]).map(({ label }) => label)).toEqual(['-4', '-2', '0', '2', '4']);
    expect(ticks([0, 0.43]).map(({ label }) => label)).toEqual(['0.0', '0.1', '0.2', '0.3', '0.4']);
    expect(ticks([0, 1234], 4).map(({ value }) => value)).toEqual([0, 500, 1000]);
    // A distance of one unit in the last place: counting up to such limits would never end.
    expect(ticks([1, 1 + 2 ** -52])).toEqual([]);
    expect(ticks([3, 3])).toEqual([]);
  });

  it('takes the corners of the data to the corners of the box', () => {
    const axes = new Axes(new Canvas(100, 100, white), {
      box: { left: 10, top: 20, width: 50, height: 60 },
      x: { limits: [-1, 1], label: 'x' },
      y: { limits: [0, 4], label: 'y' },
    });
    expect(axes.toPixels(-1, 0)).toEqual({ x: 10, y: 80 });
    expect(axes.toPixels(1, 4)).toEqual({ x: 60, y: 20 });
    expect(axes.lengthToPixels(0.5)).toBe(12.5);
  });
});

describe('drawScatter', () => {
  const modes = {
    centres: [
      [-1, 0],
      [1, 0],
    ],
    radius: 0.2,
    minimumCount: 2,
  };
  const limits = { x: [-2, 2], y: [-2, 2] } as const;
  const content = { title: '', subtitle: '', limits, modes };
  // Where the plot lies: 716 pixels for 4 units from (100, 96).
  const pixel = (x: number, y: number) =>
    [Math.round(100 + (x + 2) * 179), Math.round(96 + (2 - y) * 179)] as const;
  const close = (actual: number[], wanted: Color) =>
    actual.every((value, i) => Math.abs(value - wanted[i]) < 60);

  it('shows points where they are, strays in another colour', () => {
    const generated = Array.from({ length: 8 }, () => [-1, 0.05, 1.5, 1.5]).flat();
    const picture = decoded(drawScatter({ ...content, generated }));
    expect([picture.width, picture.height]).toEqual([900, 900]);
    expect(close(picture.at(...pixel(-1, 0.05)), colors.generated)).toBe(true);
    expect(close(picture.at(...pixel(1.5, 1.5)), colors.stray)).toBe(true);
  });

  it('rings a covered mode dark and a missed one red', () => {
    const picture = decoded(drawScatter({ ...content, generated: [-1, 0, -1, 0, 1, 0] }));
    expect(close(picture.at(...pixel(-1.2, 0)), colors.ink)).toBe(true);
    expect(close(picture.at(...pixel(0.8, 0)), colors.missed)).toBe(true);
  });

  it('paints nothing of points outside the axes', () => {
    const inside = drawScatter({ ...content, generated: [] });
    const outside = drawScatter({ ...content, generated: [3, 0, 0, -2.5, Number.NaN, 0] });
    expect(Buffer.compare(outside.toPng(), inside.toPng())).toBe(0);
  });
});

describe('drawDensity', () => {
  it('is 900 by 900 and survives a collapsed generator', () => {
    const real = Array.from({ length: 1000 }, (_, i) => i / 1000);
    const picture = decoded(
      drawDensity({ title: 't', subtitle: '', real, generated: new Array(500).fill(0.5), limits: [-1, 2] }),
    );
    expect([picture.width, picture.height]).toEqual([900, 900]);
    // The needle reaches the top of the plot but not the title above it.
    expect(picture.at(100 + 373, 90)).toEqual([255, 255, 255]);
  });
});

describe('drawImageGrid', () => {
  it('scales images by whole numbers, in rows of eight', () => {
    const shape = { height: 28, width: 28, channels: 1 };
    const images = new Uint8Array(10 * 784).fill(255);
    images[784 * 9] = 7;
    const picture = decoded(drawImageGrid({ title: '', subtitle: '', images, shape }));
    expect(picture.width).toBe(2 * 32 + 8 * (28 * 3 + 6) - 6);
    // The first pixel of the tenth image: second row, second column.
    const [left, top] = [32 + 90, 96 + 90];
    expect(picture.at(left, top)).toEqual([7, 7, 7]);
    expect(picture.at(left + 2, top + 2)).toEqual([7, 7, 7]);
    expect(picture.at(left + 3, top)).toEqual([255, 255, 255]);
  });

  it('keeps the channels of colour images', () => {
    const shape = { height: 1, width: 1, channels: 3 };
    const picture = decoded(
      drawImageGrid({ title: '', subtitle: '', images: new Uint8Array([10, 20, 30]), shape }),
    );
    expect(picture.at(32, 96)).toEqual([10, 20, 30]);
  });
});

describe('drawTitle', () => {
  const inkOf = (subtitle: string) => {
    const canvas = new Canvas(200, 90, white);
    drawTitle(canvas, 20, '', subtitle);
    return decoded(canvas).ink();
  };

  it('leaves out the parts of a line for which there is no room', () => {
    const fits = 'covered 10, kl 0.1';
    expect(inkOf(`${fits}, a part that is far too long`)).toBe(inkOf(fits));
    expect(inkOf(`${fits}, a`)).toBeGreaterThan(inkOf(fits));
  });
});

describe('drawImagePanels', () => {
  it('lays grids side by side, images of the same place in the same row', () => {
    const shape = { height: 16, width: 16, channels: 1 };
    const images = (first: number) => {
      const bytes = new Uint8Array(6 * 256).fill(255);
      bytes[5 * 256] = first;
      return bytes;
    };
    const panels = [10, 20, 30].map((first) => ({ label: 'a', images: images(first) }));
    const picture = decoded(drawImagePanels({ title: '', subtitle: '', shape, panels }));
    // (850 - 2 gaps of 24 - 3 times 3 gaps of 3) / (12 images of 16 pixels) is 4 and a bit.
    const panelWidth = 4 * (16 * 4 + 3) - 3;
    expect(picture.width).toBe(2 * 32 + 3 * panelWidth + 2 * 24);
    for (const [panel, first] of [10, 20, 30].entries()) {
      // The sixth image: second row, second column.
      const pixel = picture.at(32 + panel * (panelWidth + 24) + 67, 124 + 67);
      expect(pixel).toEqual([first, first, first]);
    }
  });
});

describe('drawLatentLabelMap', () => {
  it('colours every latent by its label, where it lies', () => {
    const content = { title: '', subtitle: '', limits: [-1, 1] as const };
    const picture = decoded(drawLatentLabelMap({ ...content, latents: [-0.5, 0.5, 0.5, 0], labels: [3, 2] }));
    // The plot is 716 pixels wide and high from (100, 96).
    const [red, green, blue] = picture.at(100 + 179, 96 + 179);
    expect(red).toBeGreaterThan(Math.max(green, blue) + 60);
    const second = picture.at(100 + 537, 96 + 358);
    expect(second[1]).toBeGreaterThan(Math.max(second[0], second[2]) + 40);
  });
});

describe('pictures of a run', () => {
  const images: Dataset = {
    id: 'd',
    title: '',
    source: { title: '', year: 2018 },
    options: {},
    size: 3,
    sampleShape: [1, 1, 1],
    range: [-1, 1],
    batch: (indices) => Uint8Array.from({ length: indices.length }, (_, i) => 100 * indices[i]),
  };
  const toPicture = (png: Uint8Array) => PNG.sync.read(Buffer.from(png));

  it('show real samples beside what becomes of them', async () => {
    const painter = (await reconstructionPainter(images, 'd'))!;
    const negative = async (data: Float32Array) => ({
      data: data.map((x) => -x),
      count: 3,
      sampleShape: [1, 1, 1],
    });
    const generated = { data: Float32Array.of(0), count: 1, sampleShape: [1, 1, 1] };
    const png = toPicture(await painter({ step: 1, reconstruct: negative, classes: 0, generated }));
    // Images of one pixel are scaled 64 times: (850 - 48 - 27) / 12.
    const at = (panel: number, image: number) =>
      png.data[((124 + 9) * png.width + 32 + panel * (4 * 67 - 3 + 24) + image * 67) * 4];
    expect([at(0, 0), at(0, 1), at(0, 2)]).toEqual([0, 100, 200]);
    expect([at(1, 0), at(1, 1), at(1, 2)]).toEqual([255, 155, 55]);
    expect(at(2, 0)).toBe(128);
    expect(await reconstructionPainter({ ...images, sampleShape: [2] }, 'd')).toBeUndefined();
  });

  it('go in equal steps from one latent to another', async () => {
    const options = { dimension: 2, distribution: 'uniform' } as const;
    const lines = latentLines(options, RandomStream.fromSeed(3));
    expect(lines).toHaveLength(8 * 8 * 2);
    for (let i = 1; i < 8; i++) {
      const share = (lines[16 * 5 + 2 * i] - lines[16 * 5]) / (lines[16 * 5 + 14] - lines[16 * 5]);
      expect(share).toBeCloseTo(i / 7, 5);
    }
    expect(Math.max(...lines.map(Math.abs))).toBeLessThanOrEqual(1);
    const png = await drawInterpolation({
      dataset: images,
      latents: options,
      classes: 0,
      name: 'd',
      seed: 3,
      generate: async (latents) => ({
        data: latents.filter((_, i) => i % 2 === 0),
        count: 64,
        sampleShape: [1, 1, 1],
      }),
    });
    expect(toPicture(png!).height).toBeGreaterThan(700);
  });

  it('go along an arc between normal latents', () => {
    const dimension = 50;
    const lines = latentLines({ dimension, distribution: 'normal' }, RandomStream.fromSeed(4));
    const point = (column: number) =>
      lines.subarray((8 * 2 + column) * dimension, (8 * 2 + column + 1) * dimension);
    const product = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
    const [from, to] = [point(0), point(7)];
    const cosine = product(from, to) / Math.sqrt(product(from, from) * product(to, to));
    // Opposite places on the way add up to (from + to) cos((1 - 2t) angle / 2) / cos(angle / 2).
    const half = Math.acos(cosine) / 2;
    for (const column of [1, 2, 3]) {
      const factor = Math.cos((1 - (2 * column) / 7) * half) / Math.cos(half);
      point(column).forEach((value, i) => {
        expect(value + point(7 - column)[i]).toBeCloseTo(factor * (from[i] + to[i]), 4);
      });
    }
    expect(product(point(3), point(3))).toBeGreaterThan(0.8 * product(from, from));
  });
});

it('ways of a generator with classes have one class each, behind the latents', () => {
  const latents = { dimension: 2, distribution: 'uniform' } as const;
  const lines = latentLines(latents, RandomStream.fromSeed(3), { classes: 3 });
  const plain = latentLines(latents, RandomStream.fromSeed(3));
  for (let row = 0; row < 64; row++) {
    const hot = [0, 1, 2].map((label) => (label === Math.floor(row / 8) % 3 ? 1 : 0));
    expect([...lines.subarray(5 * row, 5 * row + 5)]).toEqual([
      ...plain.subarray(2 * row, 2 * row + 2),
      ...hot,
    ]);
  }
});

describe('samplePainter', () => {
  const dataset = (sampleShape: number[], data: Float32Array): Dataset => ({
    id: 'd',
    title: '',
    source: { title: '', year: 2018 },
    options: {},
    size: 4,
    sampleShape,
    range: [0, 1],
    batch: (indices) => data.subarray(0, indices.length * sampleShape.reduce((a, b) => a * b, 1)),
  });

  it.each([
    [[1], [900, 900]],
    [[2], [900, 900]],
    [
      [2, 2, 1],
      [816, 224],
    ],
    [
      [2, 2, 3],
      [816, 224],
    ],
  ])('draws samples of shape %j', async (sampleShape, _) => {
    const data = new Float32Array(48).map((_, i) => i / 48);
    const painter = await samplePainter(dataset(sampleShape, data), 'd');
    const samples = { data, count: 4, sampleShape };
    const png = PNG.sync.read(Buffer.from(painter!({ step: 1, samples, results: [] })));
    expect(png.width).toBeGreaterThan(500);
  });

  it.each([[[3]], [[2, 2]], [[2, 2, 4]]])('draws nothing for shape %j', async (sampleShape) => {
    expect(await samplePainter(dataset(sampleShape, new Float32Array(64)), 'd')).toBeUndefined();
  });

  it('shows a mixture in its original coordinates', async () => {
    const mixture = { centres: [[0.5, 0.5]], standardDeviation: 0.01, registrationRadius: 0.05, scale: -4 };
    const painter = await samplePainter({ ...dataset([2], new Float32Array(8)), mixture }, 'd');
    // x = scale (2 x' - 1): x' = 0.75 is -2. The axes reach from -4.24 to 4.24.
    const samples = { data: new Float32Array([0.75, 0.5]), count: 1, sampleShape: [2] };
    const png = PNG.sync.read(Buffer.from(painter!({ step: 1, samples, results: [] })));
    const x = Math.round(100 + ((-2 + 4.24) / 8.48) * 716);
    const y = 96 + 358;
    const pixel = [...png.data.subarray((y * png.width + x) * 4, (y * png.width + x) * 4 + 3)];
    expect(pixel[0]).toBeGreaterThan(pixel[2] + 60);
  });
});
