import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { axisAt, drawChart, heading, plot, plotSize, toPng } from './index.js';

describe('heading', () => {
  const cut = (subtitle: string) => heading({ title: '', subtitle }, { left: 0, width: 200 }).subtext;

  it('leaves out the parts of a line for which there is no room', () => {
    expect(cut('covered 10, kl 0.1, a part that is far too long')).toBe('covered 10, kl 0.1');
    expect(cut('covered 10')).toBe('covered 10');
    expect(cut('one part that is far too long for where it stands')).toBe(
      'one part that is far too long for where it stands',
    );
  });
});

describe('a plot', () => {
  const axis = (name: string) => ({ name, limits: [-4.24, 4.24] as const });
  const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

  it('names its axes, has ticks at round numbers, and no legend of what is not there', async () => {
    const series = [{ type: 'scatter' as const, name: 'a & b', data: [[0, 0]] }];
    const option = plot({ title: 'title', subtitle: 'x < y', x: axis('first'), y: axis('second'), series });
    const svg = await drawChart(option, plotSize);
    expect(new Set(texts(svg))).toEqual(
      new Set(['-4', '-2', '0', '2', '4', 'first', 'second', 'title', 'x &lt; y', 'a &amp; b']),
    );
  });

  it('has labels at limits that are round', () => {
    const { showMinLabel, showMaxLabel } = axisAt({ name: '', limits: [0, 0.37] }, { gap: 0 }).axisLabel;
    expect([showMinLabel, showMaxLabel]).toEqual([true, false]);
  });
});

describe('toPng', () => {
  /** Columns that a text has ink in. */
  const widthOf = async (text: string) => {
    const svg = await drawChart({ title: { text, left: 10, top: 10 } }, { width: 200, height: 60 });
    const { width, height, data } = PNG.sync.read(Buffer.from(await toPng(svg)));
    const columns = Array.from({ length: width }, (_, x) =>
      Array.from({ length: height }, (_, y) => data[(y * width + x) * 4]).some((red) => red < 128),
    );
    return columns.lastIndexOf(true) - columns.indexOf(true);
  };

  it('has letters of a font, also where the machine has none', async () => {
    // Boxes in the place of letters are all of one width.
    expect(await widthOf('WWWW')).toBeGreaterThan(2 * (await widthOf('iiii')));
  });

  it('lays pixels on a drawing as they are, and enlarges drawings', async () => {
    const svg = await drawChart({}, { width: 20, height: 10 });
    const placed = [{ pixels: Uint8Array.of(1, 2, 3, 4, 5, 6), width: 2, height: 1, left: 7, top: 3 }];
    const { data } = PNG.sync.read(Buffer.from(await toPng(svg, { placed })));
    expect([...data.subarray(4 * (3 * 20 + 6), 4 * (3 * 20 + 10))]).toEqual([
      ...[255, 255, 255, 255],
      ...[1, 2, 3, 255],
      ...[4, 5, 6, 255],
      ...[255, 255, 255, 255],
    ]);
    const large = PNG.sync.read(Buffer.from(await toPng(svg, { density: 2 })));
    expect([large.width, large.height]).toEqual([40, 20]);
  });
});
