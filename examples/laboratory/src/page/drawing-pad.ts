import { mostDots } from '../settings/address.js';
import { toByte, toPlane } from '../distributions/distributions.js';
import { fromShare, margin, shareOfPlane } from '../training/messages.js';
import { colour } from './canvas.js';
import { Pad, type Place } from './pad.js';

/** Between two dots of a stroke, in the coordinates of the plane. */
const spacing = 0.02;

/**
 * A pad for a shape that a generator shall learn, as dots.
 *
 * @param onChange is given all dots: see `Settings.dots`
 * @param say tells what happened to whoever does not see it
 */
export function drawingPad(
  onChange: (dots: readonly number[]) => void,
  say: (text: string) => void,
): { readonly root: HTMLElement; show(dots: readonly number[]): void } {
  let dots: number[] = [];
  /** Where the last dot of the stroke is. */
  let last: Place = [0, 0];
  const add = (place: Place) => {
    last = place;
    if (dots.length < 2 * mostDots) dots.push(...place.map((x) => toByte(fromShare((x + 1) / 2))));
  };
  const pad = new Pad({
    label: 'Shape to learn',
    line(from, to) {
      if (from === to) return add(to);
      const [x, y] = last;
      const pieces = Math.floor(((0.5 + margin) * Math.hypot(to[0] - x, to[1] - y)) / spacing);
      for (let i = 1; i <= pieces; i++) add([x + ((to[0] - x) * i) / pieces, y + ((to[1] - y) * i) / pieces]);
    },
    drawn: () => onChange(dots),
    clear() {
      dots = [];
      onChange(dots);
    },
    paint(context, width) {
      const across = (x: number) => width * shareOfPlane(x);
      context.fillStyle = colour('ink');
      for (let i = 0; i < dots.length; i += 2) {
        context.beginPath();
        context.arc(across(toPlane(dots[i])), width - across(toPlane(dots[i + 1])), 3, 0, 2 * Math.PI);
        context.fill();
      }
    },
    say,
  });
  return {
    root: pad.root,
    show(shown) {
      dots = [...shown];
      pad.draw();
    },
  };
}
