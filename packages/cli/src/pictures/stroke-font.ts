/**
 * A small font of strokes for the labels of pictures: printable ASCII, drawn for this package.
 *
 * A glyph lies on a grid where capitals are 6 high, small letters 4, and descenders reach -2. Strokes are
 * separated by `|`; points by `,`. A stroke that starts with `~` is a smooth curve through its points,
 * with `o` a closed smooth curve; otherwise its points are joined by straight lines.
 */

interface Glyph {
  readonly advance: number;
  readonly strokes: readonly (readonly Point[])[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const capitalHeight = 6;
/** Between two glyphs. */
const spacing = 1.3;
const blankWidth = 2;
/** Straight pieces per span of a smooth curve. */
const curveResolution = 6;

const bowl = 'o1.75 4,3.05 3.4,3.5 2,3.05 .6,1.75 0,.45 .6,0 2,.45 3.4';
const arch = '~0 2.5,.6 3.6,1.6 4,2.6 3.6,2.9 2.5';
const roundC = '~4.1 4.7,3.5 5.6,2.35 6,.8 5.2,.1 3,.8 .8,2.35 0,3.5 .4,4.1 1.3';

const shapes: Readonly<Record<string, string>> = {
  '0': 'o2 6,3.4 5.1,3.85 3,3.4 .9,2 0,.6 .9,.15 3,.6 5.1',
  '1': '.5 4.7,2.1 6,2.1 0',
  '2': '~.2 4.6,.8 5.7,2 6,3.3 5.6,3.7 4.4,3.1 3.1,1.9 1.9,.1 0|.1 0,3.9 0',
  '3': '~.3 5.1,1 5.8,2 6,3.2 5.6,3.6 4.6,3.1 3.6,1.7 3.2|~1.7 3.2,3.3 2.8,3.85 1.6,3.3 .4,1.9 0,.8 .2,.1 1',
  '4': '3 0,3 6,0 1.7,4 1.7',
  '5': '3.5 6,.8 6,.5 3.3|~.5 3.3,1.8 3.7,3.2 3.2,3.8 1.9,3.2 .5,1.8 0,.8 .2,.1 .9',
  '6': 'o2.05 3.7,3.4 3.1,3.9 1.85,3.4 .55,2.05 0,.7 .55,.2 1.85,.7 3.1|~3.4 5.5,2.4 6,1.2 5.5,.4 4,.2 1.85',
  '7': '0 6,3.9 6,1.4 0',
  '8': 'o2 6,3.2 5.6,3.6 4.65,3.1 3.65,2 3.3,.9 3.65,.4 4.65,.8 5.6|o2 3.3,3.3 2.8,3.85 1.6,3.3 .4,2 0,.7 .4,.15 1.6,.7 2.8',
  '9': 'o1.95 2.3,.6 2.9,.1 4.15,.6 5.45,1.95 6,3.3 5.45,3.8 4.15,3.3 2.9|~.6 .5,1.6 0,2.8 .5,3.6 2,3.8 4.15',
  A: '0 0,2.2 6,4.4 0|.8 2.1,3.6 2.1',
  B: '2 3.25,0 3.25,0 6,2 6|~2 6,3.2 5.6,3.55 4.65,3.1 3.6,2 3.25|~2 3.25,3.4 2.8,3.9 1.6,3.4 .4,2.1 0|2.1 0,0 0,0 3.25',
  C: roundC,
  D: '1.7 6,0 6,0 0,1.7 0|~1.7 6,3.4 5.3,4.1 3,3.4 .7,1.7 0',
  E: '3.5 6,0 6,0 0,3.5 0|0 3.15,3 3.15',
  F: '3.5 6,0 6,0 0|0 3.15,3 3.15',
  G: `${roundC}|4.1 1.3,4.1 2.8,2.6 2.8`,
  H: '0 0,0 6|4 0,4 6|0 3.15,4 3.15',
  I: '0 0,0 6',
  J: '2.7 6,2.7 1.6|~2.7 1.6,2.3 .4,1.2 0,.3 .4,0 1.4',
  K: '0 0,0 6|3.9 6,0 2.2|1.5 3.6,4 0',
  L: '0 6,0 0,3.4 0',
  M: '0 0,0 6,2.5 .6,5 6,5 0',
  N: '0 0,0 6,4 0,4 6',
  O: 'o2.4 6,4.1 5.2,4.8 3,4.1 .8,2.4 0,.7 .8,0 3,.7 5.2',
  P: '0 0,0 6,2.1 6|~2.1 6,3.4 5.6,3.8 4.4,3.4 3.2,2.1 2.8|2.1 2.8,0 2.8',
  Q: 'o2.4 6,4.1 5.2,4.8 3,4.1 .8,2.4 0,.7 .8,0 3,.7 5.2|2.9 1.6,4.7 -.6',
  R: '0 0,0 6,2.1 6|~2.1 6,3.4 5.6,3.8 4.4,3.4 3.2,2.1 2.8|0 2.8,2.1 2.8,4 0',
  S: '~3.6 5,3 5.7,1.9 6,.7 5.6,.2 4.6,.7 3.7,2 3.2,3.3 2.6,3.8 1.6,3.2 .4,1.9 0,.7 .3,0 1.1',
  T: '0 6,4.2 6|2.1 6,2.1 0',
  U: '0 6,0 2|~0 2,.6 .5,2 0,3.4 .5,4 2|4 2,4 6',
  V: '0 6,2.2 0,4.4 6',
  W: '0 6,1.5 0,3 6,4.5 0,6 6',
  X: '0 6,4 0|4 6,0 0',
  Y: '0 6,2.1 2.9,4.2 6|2.1 2.9,2.1 0',
  Z: '0 6,4 6,0 0,4 0',
  a: `${bowl}|3.5 4,3.5 0`,
  b: `0 6.2,0 0|${bowl}`,
  c: '~3.2 3.2,2.6 3.8,1.75 4,.45 3.4,0 2,.45 .6,1.75 0,2.6 .2,3.2 .8',
  d: `${bowl}|3.5 6.2,3.5 0`,
  e: '0 2.15,3.4 2.15|~3.4 2.15,3 3.4,1.75 4,.45 3.4,0 2,.45 .6,1.75 0,2.6 .2,3.2 .9',
  f: '~2.2 6.1,1.3 6,.9 5|.9 5,.9 0|0 4,2 4',
  g: `${bowl}|3.5 4,3.5 -.3|~3.5 -.3,3 -1.5,1.75 -1.9,.5 -1.5`,
  h: `0 6.2,0 0|${arch}|2.9 2.5,2.9 0`,
  i: '.1 4,.1 0|.1 5.7,.1 5.8',
  j: '.9 4,.9 -.9|~.9 -.9,.5 -1.7,-.3 -1.9|.9 5.7,.9 5.8',
  k: '0 6.2,0 0|2.8 4,0 1.4|1 2.4,3 0',
  l: '.1 6.2,.1 0',
  m: '0 4,0 0|~0 2.6,.5 3.6,1.4 4,2.2 3.6,2.5 2.6|2.5 2.6,2.5 0|~2.5 2.6,3 3.6,3.9 4,4.7 3.6,5 2.6|5 2.6,5 0',
  n: `0 4,0 0|${arch}|2.9 2.5,2.9 0`,
  o: bowl,
  p: `0 4,0 -2|${bowl}`,
  q: `${bowl}|3.5 4,3.5 -2`,
  r: '0 4,0 0|~0 2.4,.5 3.5,1.2 3.95,1.9 4',
  s: '~2.8 3.3,2.2 3.85,1.45 4,.6 3.7,.2 3,.6 2.4,1.45 2.1,2.5 1.7,2.9 1.05,2.4 .3,1.4 0,.6 .2,0 .75',
  t: '.9 5.3,.9 1|~.9 1,1.2 .2,2.1 0|0 4,2 4',
  u: '0 4,0 1.5|~0 1.5,.3 .4,1.3 0,2.3 .4,2.9 1.5|2.9 4,2.9 0',
  v: '0 4,1.6 0,3.2 4',
  w: '0 4,1.2 0,2.5 4,3.8 0,5 4',
  x: '0 4,3 0|3 4,0 0',
  y: '0 4,1.6 0|3.2 4,1.3 -.8|~1.3 -.8,.8 -1.6,-.1 -1.9',
  z: '.1 4,2.9 4,0 0,3 0',
  '.': '.1 0,.1 .1',
  ',': '.4 .2,.4 0,0 -1.1',
  ':': '.1 0,.1 .1|.1 3.2,.1 3.3',
  ';': '.4 .2,.4 0,0 -1.1|.4 3.2,.4 3.3',
  '-': '0 2.3,2.4 2.3',
  _: '0 -.8,4 -.8',
  '+': '0 2.6,3.6 2.6|1.8 .8,1.8 4.4',
  '=': '0 3.4,3.6 3.4|0 1.8,3.6 1.8',
  '/': '0 -.6,2.6 6.4',
  '\\': '0 6.4,2.6 -.6',
  '|': '0 -1.2,0 6.6',
  '(': '~1.4 6.8,.4 5,0 2.7,.4 .4,1.4 -1.4',
  ')': '~0 6.8,1 5,1.4 2.7,1 .4,0 -1.4',
  '[': '1.3 6.6,0 6.6,0 -1.2,1.3 -1.2',
  ']': '0 6.6,1.3 6.6,1.3 -1.2,0 -1.2',
  '<': '3.2 4.6,0 2.6,3.2 .6',
  '>': '0 4.6,3.2 2.6,0 .6',
  '%': 'o1 6,1.8 5.5,2 4.6,1.8 3.7,1 3.2,.2 3.7,0 4.6,.2 5.5|o4 2.8,4.8 2.3,5 1.4,4.8 .5,4 0,3.2 .5,3 1.4,3.2 2.3|4.4 6,.6 0',
  '#': '.9 0,1.7 6|2.7 0,3.5 6|.2 4,4.2 4|0 2,4 2',
  '*': '1.6 6,1.6 3|.3 5.25,2.9 3.75|2.9 5.25,.3 3.75',
  '!': '.1 6,.1 1.9|.1 0,.1 .1',
  '?': '~0 4.8,.6 5.7,1.7 6,2.9 5.6,3.3 4.6,2.8 3.6,1.9 2.9,1.6 1.8|1.6 0,1.6 .1',
  "'": '.1 6.2,.1 4.6',
  '"': '.1 6.2,.1 4.6|1.5 6.2,1.5 4.6',
};

/** What an unknown character looks like: an empty box. */
const unknownShape = '0 0,0 6,3 6,3 0,0 0';

const glyphs = new Map<string, Glyph>();

/** The width of a line of text whose capitals are `size` high. */
export function textWidth(text: string, size: number): number {
  const advance = [...text].reduce((sum, character) => sum + glyphOf(character).advance, 0);
  return Math.max(0, advance - spacing) * (size / capitalHeight);
}

/** The lines to stroke for a text, from (0, 0) at the left end of its baseline, y up. */
export function textStrokes(text: string, size: number): Point[][] {
  const scale = size / capitalHeight;
  const strokes: Point[][] = [];
  let left = 0;
  for (const character of text) {
    const glyph = glyphOf(character);
    for (const stroke of glyph.strokes) {
      strokes.push(stroke.map(({ x, y }) => ({ x: (left + x) * scale, y: y * scale })));
    }
    left += glyph.advance;
  }
  return strokes;
}

function glyphOf(character: string): Glyph {
  let glyph = glyphs.get(character);
  if (glyph === undefined) {
    glyph = character === ' ' ? { advance: blankWidth + spacing, strokes: [] } : readGlyph(character);
    glyphs.set(character, glyph);
  }
  return glyph;
}

function readGlyph(character: string): Glyph {
  const shape = Object.hasOwn(shapes, character) ? shapes[character] : unknownShape;
  const strokes = shape.split('|').map(readStroke);
  const width = Math.max(...strokes.flat().map(({ x }) => x));
  return { advance: width + spacing, strokes };
}

function readStroke(text: string): Point[] {
  const smooth = text.startsWith('~');
  const closed = text.startsWith('o');
  const points = text
    .slice(smooth || closed ? 1 : 0)
    .split(',')
    .map((pair) => {
      const [x, y] = pair.split(' ').map(Number);
      return { x, y };
    });
  if (!smooth && !closed) return points;
  return curveThrough(points, closed);
}

/** A Catmull-Rom spline: it passes through every point, its tangent parallel to the neighbours' chord. */
function curveThrough(points: readonly Point[], closed: boolean): Point[] {
  const at = (i: number): Point =>
    closed
      ? points[(i + points.length) % points.length]
      : points[Math.min(points.length - 1, Math.max(0, i))];
  const spans = closed ? points.length : points.length - 1;
  const curve = [points[0]];
  for (let span = 0; span < spans; span++) {
    const [before, from, to, after] = [at(span - 1), at(span), at(span + 1), at(span + 2)];
    for (let piece = 1; piece <= curveResolution; piece++) {
      const t = piece / curveResolution;
      curve.push({
        x: spline(before.x, from.x, to.x, after.x, t),
        y: spline(before.y, from.y, to.y, after.y, t),
      });
    }
  }
  return curve;
}

function spline(before: number, from: number, to: number, after: number, t: number): number {
  return (
    from +
    (t / 2) *
      (to - before + t * (2 * before - 5 * from + 4 * to - after + t * (3 * (from - to) + after - before)))
  );
}
