import { Pad, type Place } from '../page/pad.js';
import { side } from './digit-networks.js';

/** Of the sheet that is drawn on: ten times a digit's image. */
const sheetSide = 10 * side;
/** MNIST's digits fill a box of 20 x 20 within 28 x 28, their centre of mass in the middle. */
const box = 20;

/**
 * A pad for a digit.
 *
 * @param onChange is given the digit as MNIST has its own, or nothing where nothing is drawn
 */
export function digitPad(
  onChange: (image: Float32Array | undefined) => void,
  say: (text: string) => void,
): HTMLElement {
  const sheet = new OffscreenCanvas(sheetSide, sheetSide);
  const context = sheet.getContext('2d', { willReadFrequently: true })!;
  context.lineCap = context.lineJoin = 'round';
  context.lineWidth = 2.2 * (sheetSide / side);
  const at = ([x, y]: Place): [number, number] => [(sheetSide * (1 + x)) / 2, (sheetSide * (1 - y)) / 2];
  return new Pad({
    label: 'Digit to reconstruct',
    line(from, to) {
      context.beginPath();
      context.moveTo(...at(from));
      context.lineTo(...at(to));
      context.stroke();
    },
    drawn: () => onChange(likeMnist(sheet, context)),
    clear() {
      context.clearRect(0, 0, sheetSide, sheetSide);
      onChange(undefined);
    },
    paint(pad, width) {
      pad.drawImage(sheet, 0, 0, width, width);
      // The sheet is black; on a dark page it must not be.
      pad.globalCompositeOperation = 'source-in';
      pad.fillStyle = getComputedStyle(document.body).color;
      pad.fillRect(0, 0, width, width);
      pad.globalCompositeOperation = 'source-over';
    },
    say,
  }).root;
}

/** Scales what is drawn into the box, and moves its centre of mass into the middle. */
function likeMnist(
  sheet: OffscreenCanvas,
  context: OffscreenCanvasRenderingContext2D,
): Float32Array | undefined {
  const bounds = boundsOf(inkOf(context, sheetSide), sheetSide);
  if (bounds === undefined) return undefined;
  const { left, top, width, height } = bounds;
  const scale = box / Math.max(width, height);
  const small = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true })!;
  small.imageSmoothingQuality = 'high';
  const draw = (x: number, y: number) => {
    small.clearRect(0, 0, side, side);
    small.drawImage(sheet, left, top, width, height, x, y, width * scale, height * scale);
    return inkOf(small, side);
  };
  const [x, y] = [(side - width * scale) / 2, (side - height * scale) / 2];
  const [massX, massY] = centreOfMass(draw(x, y));
  return draw(x + Math.round(side / 2 - massX), y + Math.round(side / 2 - massY));
}

function inkOf(context: OffscreenCanvasRenderingContext2D, width: number): Float32Array {
  const { data } = context.getImageData(0, 0, width, width);
  return Float32Array.from({ length: width * width }, (_, i) => data[4 * i + 3] / 255);
}

function boundsOf(ink: Float32Array, width: number) {
  let [left, top, right, bottom] = [width, width, -1, -1];
  ink.forEach((value, i) => {
    if (value === 0) return;
    const [x, y] = [i % width, Math.floor(i / width)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  });
  return right < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

function centreOfMass(ink: Float32Array): [number, number] {
  let [mass, x, y] = [0, 0, 0];
  ink.forEach((value, i) => {
    mass += value;
    x += value * ((i % side) + 0.5);
    y += value * (Math.floor(i / side) + 0.5);
  });
  return [x / mass, y / mass];
}
