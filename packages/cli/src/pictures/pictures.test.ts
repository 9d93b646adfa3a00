import { RandomStream, type Dataset } from '@dist-gan/core';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { colors } from './chart/index.js';
import { drawDensity } from './density.js';
import { drawImageGrid } from './image-grid.js';
import { drawImagePanels } from './image-panels.js';
import { drawInterpolation, reconstructionPainter, samplePainter } from './index.js';
import { latentLines } from './interpolation.js';
import { drawLatentLabelMap } from './latent-label-map.js';
import { drawScatter, scatterSeries } from './scatter.js';

function decoded(picture: Uint8Array) {
  const { width, height, data } = PNG.sync.read(Buffer.from(picture));
  return {
    width,
    height,
    at: (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)],
  };
}

describe('drawScatter', () => {
  const modes = {
    centres: [
      [-1, 0],
      [1, 0],
    ],
    radius: 0.2,
  };
  const limits = [-2, 2] as const;
  const content = { title: '', subtitle: '', limits, modes, real: [] };
  // Where the plot lies: 716 pixels for 4 units from (100, 96).
  const pixel = (x: number, y: number) =>
    [Math.round(100 + (x + 2) * 179), Math.round(96 + (2 - y) * 179)] as const;
  const close = (actual: number[], wanted: string) =>
    actual.every(
      (value, i) => Math.abs(value - Number.parseInt(wanted.slice(1 + 2 * i, 3 + 2 * i), 16)) < 60,
    );
  const names = (series: ReturnType<typeof scatterSeries>) => [...new Set(series.map(({ name }) => name))];

  it('shows points where they are, strays in another colour', async () => {
    const generated = Array.from({ length: 8 }, () => [-1, 0.05, 1.5, 1.5]).flat();
    const picture = decoded(await drawScatter({ ...content, generated }));
    expect([picture.width, picture.height]).toEqual([900, 900]);
    expect(close(picture.at(...pixel(-1, 0.05)), colors.generated)).toBe(true);
    expect(close(picture.at(...pixel(1.5, 1.5)), colors.stray)).toBe(true);
  });

  it('adds up points that lie on one another', async () => {
    const blue = async (points: number) => {
      const generated = Array.from({ length: points }, () => [-0.95, 0.05]).flat();
      return decoded(await drawScatter({ ...content, generated })).at(...pixel(-0.95, 0.05))[0];
    };
    // 255 (1 - 0.45) + 9 * 0.45, and the same once more over that.
    expect(await blue(1)).toBeCloseTo(144.3, -1);
    expect(await blue(2)).toBeCloseTo(83.4, -1);
  });

  it('rings a covered mode dark and a missed one red', async () => {
    const judged = { ...modes, covered: [true, false] };
    const picture = decoded(await drawScatter({ ...content, modes: judged, generated: [] }));
    expect(close(picture.at(...pixel(-1.2, 0)), colors.ink)).toBe(true);
    expect(close(picture.at(...pixel(0.8, 0)), colors.missed)).toBe(true);
  });

  it('paints nothing of points outside the axes', async () => {
    const inside = await drawScatter({ ...content, generated: [] });
    const outside = await drawScatter({ ...content, generated: [3, 0, 0, -2.5, Number.NaN, 0] });
    expect(Buffer.compare(outside, inside)).toBe(0);
  });

  it('names what is drawn, and nothing else', () => {
    const series = (covered: boolean[], generated: number[], real: number[] = []) =>
      names(scatterSeries({ limits, modes: { ...modes, covered }, generated, real }));
    expect(series([true, true], [-1, 0])).toEqual(['generated, in a mode', 'mode covered']);
    expect(series([false, false], [0, 0], [1, 0])).toEqual(['real', 'generated, in no mode', 'mode missed']);
    expect(names(scatterSeries({ limits, generated: [0, 0], real: [1, 0] }))).toEqual(['real', 'generated']);
    expect(names(scatterSeries({ limits, modes, generated: [], real: [] }))).toEqual(['mode']);
  });
});

describe('drawDensity', () => {
  it('is 900 by 900 and survives a collapsed generator', async () => {
    const real = Array.from({ length: 1000 }, (_, i) => i / 1000);
    const picture = decoded(
      await drawDensity({
        title: 't',
        subtitle: '',
        real,
        generated: new Array(500).fill(0.5),
        limits: [-1, 2],
      }),
    );
    expect([picture.width, picture.height]).toEqual([900, 900]);
    // The needle reaches the top of the plot but not the title above it.
    expect(picture.at(100 + 358, 90)).toEqual([255, 255, 255]);
  });
});

describe('drawImageGrid', () => {
  it('scales images by whole numbers, in rows of eight', async () => {
    const shape = { height: 28, width: 28, channels: 1 };
    const images = new Uint8Array(10 * 784).fill(255);
    images[784 * 9] = 7;
    const picture = decoded(await drawImageGrid({ title: '', subtitle: '', images, shape }));
    expect(picture.width).toBe(2 * 32 + 8 * (28 * 3 + 6) - 6);
    // The first pixel of the tenth image: second row, second column.
    const [left, top] = [32 + 90, 96 + 90];
    expect(picture.at(left, top)).toEqual([7, 7, 7]);
    expect(picture.at(left + 2, top + 2)).toEqual([7, 7, 7]);
    expect(picture.at(left + 3, top)).toEqual([255, 255, 255]);
  });

  it('keeps the channels of colour images', async () => {
    const shape = { height: 1, width: 1, channels: 3 };
    const picture = decoded(
      await drawImageGrid({ title: '', subtitle: '', images: new Uint8Array([10, 20, 30]), shape }),
    );
    expect(picture.at(32, 96)).toEqual([10, 20, 30]);
  });
});

describe('drawImagePanels', () => {
  it('lays grids side by side, images of the same place in the same row', async () => {
    const shape = { height: 16, width: 16, channels: 1 };
    const images = (first: number) => {
      const bytes = new Uint8Array(6 * 256).fill(255);
      bytes[5 * 256] = first;
      return bytes;
    };
    const panels = [10, 20, 30].map((first) => ({ label: 'a', images: images(first) }));
    const picture = decoded(await drawImagePanels({ title: '', subtitle: '', shape, panels }));
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
  it('colours every latent by its label, where it lies', async () => {
    const content = { title: '', subtitle: '', limits: [-1, 1] as const };
    const picture = decoded(
      await drawLatentLabelMap({ ...content, latents: [-0.5, 0.5, 0.5, 0], labels: [3, 2] }),
    );
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
    const png = PNG.sync.read(Buffer.from(await painter!({ step: 1, samples, results: [] })));
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
    const png = PNG.sync.read(Buffer.from(await painter!({ step: 1, samples, results: [] })));
    const x = Math.round(100 + ((-2 + 4.24) / 8.48) * 716);
    const y = 96 + 358;
    const pixel = [...png.data.subarray((y * png.width + x) * 4, (y * png.width + x) * 4 + 3)];
    expect(pixel[0]).toBeGreaterThan(pixel[2] + 60);
  });
});
