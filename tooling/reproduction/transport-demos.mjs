/**
 * What the singular-set test of AE-OT is for: transports the square to points of 25 Gaussians, 8 Gaussians and a swiss
 * roll, draws from the extended map with and without the test, and counts what lands between the modes. Writes
 * docs/reproduction/results/transport-demos.json and pictures, and a Markdown table on standard output.
 *
 *     node tooling/reproduction/transport-demos.mjs        (needs a built clone)
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RandomStream } from '@dist-gan/core';
import { dihedralAngle, extendTransport, planarCells, solveTransportExactly } from '@dist-gan/transport';
import sharp from 'sharp';

const docs = fileURLToPath(new URL('../../docs/reproduction/', import.meta.url));
const seed = 1;
const drawn = 10_000;

/** Points of a Gaussian mixture, and the deviation of each mode. */
function mixture(centres, deviation, count, stream) {
  const noise = stream.normal(2 * count, { standardDeviation: deviation });
  const points = noise.map((value, i) => value + centres[(i >> 1) % centres.length][i % 2]);
  return { points, centres, deviation };
}

/** A spiral of one and a half turns, with a little noise. */
function swissRoll(count, stream) {
  const [noise, places] = [stream.normal(2 * count, { standardDeviation: 0.02 }), stream.uniform(count)];
  const points = new Float32Array(2 * count);
  places.forEach((place, i) => {
    // The angle grows so that points are as dense everywhere along the roll.
    const angle = 1.5 * Math.PI * Math.sqrt(1 + 8 * place);
    points[2 * i] = (angle * Math.cos(angle)) / 7 + noise[2 * i];
    points[2 * i + 1] = (angle * Math.sin(angle)) / 7 + noise[2 * i + 1];
  });
  return { points };
}

const square = [-4, -2, 0, 2, 4];
const random = RandomStream.fromSeed(seed);
const demos = [
  {
    name: '25-gaussians',
    threshold: 0.2,
    ...mixture(
      square.flatMap((x) => square.map((y) => [x, y])),
      0.05,
      500,
      random.derive('25'),
    ),
  },
  {
    name: '8-gaussians',
    threshold: 0.4,
    ...mixture(
      Array.from({ length: 8 }, (_, k) => [2 * Math.cos((k * Math.PI) / 4), 2 * Math.sin((k * Math.PI) / 4)]),
      0.05,
      256,
      random.derive('8'),
    ),
  },
  { name: 'swiss-roll', threshold: 0.15, ...swissRoll(500, random.derive('roll')) },
];

const squaredDistance = (points, i, [x, y]) => (points[2 * i] - x) ** 2 + (points[2 * i + 1] - y) ** 2;

/** Samples farther than five deviations from every mode; modes with at least 1 in 5 of an even share; the least share. */
function count(points, { centres, deviation }) {
  const members = new Array(centres.length).fill(0);
  let between = 0;
  for (let i = 0; i < points.length / 2; i++) {
    const squares = centres.map((centre) => squaredDistance(points, i, centre));
    const nearest = squares.indexOf(Math.min(...squares));
    if (squares[nearest] > (5 * deviation) ** 2) between++;
    else members[nearest]++;
  }
  const all = points.length / 2;
  const modes = members.filter((number) => number >= all / centres.length / 5).length;
  return { between: between / all, modes, least: Math.min(...members) / (all / centres.length) };
}

/** Without centres: samples farther than that from every data point. */
function countFar(points, data, radius) {
  let far = 0;
  for (let i = 0; i < points.length / 2; i++) {
    let least = Infinity;
    for (let j = 0; j < data.length / 2; j++) {
      least = Math.min(least, squaredDistance(points, i, data.subarray(2 * j, 2 * j + 2)));
    }
    if (least > radius ** 2) far++;
  }
  return { between: far / (points.length / 2) };
}

const results = [];
for (const demo of demos) {
  const started = performance.now();
  const { potential, gradientNorm, steps } = await solveTransportExactly({
    points: demo.points,
    dimension: 2,
  });
  const seconds = (performance.now() - started) / 1000;
  const rows = [];
  let shown;
  for (const interpolation of ['pair', 'barycentric']) {
    for (const threshold of [Math.PI, demo.threshold]) {
      const map = await extendTransport(potential, {
        threshold,
        interpolation,
        neighbours: interpolation === 'pair' ? 1 : 2,
      });
      const { points, tried } = await map.draw(drawn, RandomStream.fromSeed(seed).derive('draw'));
      const counted = demo.centres ? count(points, demo) : countFar(points, demo.points, 0.1);
      rows.push({ interpolation, threshold, singular: 1 - drawn / tried, ...counted });
      if (interpolation === 'pair') shown = [...(shown ?? []), points];
    }
  }
  results.push({ name: demo.name, points: potential.count, steps, gradientNorm, seconds, rows });
  await draw(demo, potential, shown);
}
writeFileSync(
  `${docs}results/transport-demos.json`,
  `${JSON.stringify({ seed, drawn, results }, null, 2)}\n`,
);
console.log(table(results));

/** Three panels: cells with the singular set; samples without the test; samples with it. */
async function draw({ name, points: data, threshold }, potential, [without, withTest]) {
  const size = 420;
  const cells = planarCells(potential);
  const parts = [];
  const place = (value) => ((value + 0.5) * size).toFixed(1);
  cells.forEach(({ corners, neighbours }, i) => {
    const hue = ((i * 137.508) % 360).toFixed(0);
    const corner = (k) => `${place(corners[2 * k])},${place(-corners[2 * k + 1])}`;
    parts.push(
      `<polygon points="${neighbours.map((_, k) => corner(k)).join(' ')}" fill="hsl(${hue} 55% 84%)"/>`,
    );
    neighbours.forEach((j, k) => {
      if (j <= i) return;
      const singular = dihedralAngle(potential, i, j) > threshold;
      const [a, b] = [corner(k), corner((k + 1) % neighbours.length)].map((text) => text.split(','));
      parts.push(
        `<line x1="${a[0]}" y1="${a[1]}" x2="${b[0]}" y2="${b[1]}" stroke="${singular ? '#111' : '#fff'}" stroke-width="${singular ? 1.8 : 0.5}"/>`,
      );
    });
  });
  const reach = 1.1 * data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const dots = (points, radius, color) =>
    Array.from({ length: Math.min(points.length / 2, 4000) }, (_, i) => {
      const [x, y] = [points[2 * i], -points[2 * i + 1]].map((value) => place(value / reach / 2));
      return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${color}"/>`;
    }).join('');
  const panel = (at, title, content) =>
    `<g transform="translate(${10 + at * (size + 10)} 34)"><rect width="${size}" height="${size}" fill="#fff" stroke="#bbb"/>${content}` +
    `<text x="2" y="-10" font-family="sans-serif" font-size="15">${title}</text></g>`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${3 * size + 40}" height="${size + 44}"><rect width="100%" height="100%" fill="#fff"/>` +
    panel(0, `cells; black: the singular set, angle above ${threshold}`, parts.join('')) +
    panel(1, 'points drawn without the test', dots(without, 1, '#2563eb') + dots(data, 1.2, '#dc2626')) +
    panel(2, 'with it (red: the data)', dots(withTest, 1, '#2563eb') + dots(data, 1.2, '#dc2626')) +
    '</svg>';
  await sharp(Buffer.from(svg)).webp({ quality: 80 }).toFile(`${docs}images/transport-${name}.webp`);
}

function table(all) {
  const percent = (share) => `${(100 * share).toFixed(2)} %`;
  const lines = [
    '| data | points | extension | threshold | between modes | modes | least share of a mode | samples refused |',
    '| ---- | ------ | --------- | --------- | ------------- | ----- | --------------------- | --------------- |',
  ];
  for (const { name, points, rows } of all) {
    for (const { interpolation, threshold, between, modes, least, singular } of rows) {
      const test = threshold === Math.PI ? 'no test' : threshold;
      const share = least === undefined ? '' : least.toFixed(2);
      lines.push(
        `| ${name} | ${points} | ${interpolation} | ${test} | ${percent(between)} | ${modes ?? ''} | ${share} | ${percent(singular)} |`,
      );
    }
  }
  return lines.join('\n');
}
