import { mostDots } from '../settings/address.js';
import { toByte, toPlane } from '../distributions/distributions.js';
import { edge } from '../training/messages.js';
import { colour, onLookChange, prepareCanvas } from './canvas.js';
import { element } from './element.js';

/** Between two dots of a stroke, in the coordinates of the plane. */
const spacing = 0.04;
/** Of an arrow key. */
const stride = 0.08;

const keys: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-stride, 0],
  ArrowRight: [stride, 0],
  ArrowUp: [0, stride],
  ArrowDown: [0, -stride],
};

/** A square to draw a shape into, with a pointer or with the keyboard. */
export class DrawingPad {
  readonly root: HTMLElement;
  private readonly canvas: HTMLCanvasElement;
  private dots: number[] = [];
  /** Where the keyboard's pen is, and whether it draws. */
  private pen: [number, number] = [0, 0];
  private down = false;

  /**
   * @param onChange is given all dots: see `Settings.dots`
   * @param say tells what happened to whoever does not see it
   */
  constructor(
    private readonly onChange: (dots: readonly number[]) => void,
    private readonly say: (text: string) => void,
  ) {
    this.canvas = element('canvas', {
      class: 'pad',
      tabindex: 0,
      role: 'application',
      'aria-roledescription': 'drawing pad',
      'aria-label': 'Shape to learn',
      'aria-describedby': 'pad-help',
    });
    const undo = element('button', { type: 'button' }, 'Clear');
    undo.addEventListener('click', () => this.clear());
    this.root = element(
      'div',
      { class: 'drawing' },
      this.canvas,
      element(
        'p',
        { id: 'pad-help', class: 'help' },
        'Draw with the pointer. Or with keys: arrows move the pen, Space puts it down and lifts it, Delete clears.',
      ),
      undo,
    );
    this.listenToPointer();
    this.canvas.addEventListener('keydown', (event) => this.press(event));
    this.canvas.addEventListener('focus', () => this.draw());
    this.canvas.addEventListener('blur', () => this.draw());
    onLookChange(this.canvas, () => this.draw());
  }

  show(dots: readonly number[]): void {
    this.dots = [...dots];
    this.draw();
  }

  private listenToPointer(): void {
    const { canvas } = this;
    let last: [number, number] | undefined;
    const place = ({ clientX, clientY }: PointerEvent): [number, number] => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      return [edge * ((2 * (clientX - left)) / width - 1), edge * (1 - (2 * (clientY - top)) / height)];
    };
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      last = place(event);
      this.addDot(last);
    });
    canvas.addEventListener('pointermove', (event) => {
      if (last === undefined) return;
      const next = place(event);
      last = this.addStroke(last, next);
    });
    const end = () => {
      if (last === undefined) return;
      last = undefined;
      this.onChange(this.dots);
    };
    canvas.addEventListener('pointerup', end);
    canvas.addEventListener('pointercancel', end);
  }

  private press(event: KeyboardEvent): void {
    const move = keys[event.key];
    if (move !== undefined) {
      const next = this.pen.map((x, axis) => Math.min(0.9, Math.max(-0.9, x + move[axis]))) as [number, number];
      if (this.down) {
        this.addStroke(this.pen, next);
        this.onChange(this.dots);
      }
      this.pen = next;
      this.draw();
    } else if (event.key === ' ') {
      this.down = !this.down;
      if (this.down) {
        this.addDot(this.pen);
        this.onChange(this.dots);
      }
      this.say(this.down ? 'Pen down.' : `Pen up. ${this.dots.length / 2} dots.`);
    } else if (event.key === 'Delete' || event.key === 'Backspace') this.clear();
    else return;
    event.preventDefault();
  }

  private clear(): void {
    this.dots = [];
    this.down = false;
    this.draw();
    this.say('The drawing is cleared.');
    this.onChange(this.dots);
  }

  /** @returns where the last dot is, from which the stroke goes on */
  private addStroke(from: [number, number], to: [number, number]): [number, number] {
    const pieces = Math.floor(Math.hypot(to[0] - from[0], to[1] - from[1]) / spacing);
    if (pieces === 0) return from;
    for (let i = 1; i <= pieces; i++)
      this.addDot([
        from[0] + ((to[0] - from[0]) * i) / pieces,
        from[1] + ((to[1] - from[1]) * i) / pieces,
      ]);
    return to;
  }

  private addDot([x, y]: readonly [number, number]): void {
    if (this.dots.length >= 2 * mostDots) return;
    this.dots.push(toByte(x), toByte(y));
    this.draw();
  }

  private draw(): void {
    const { context, width } = prepareCanvas(this.canvas);
    const across = (x: number) => (width * (x / edge + 1)) / 2;
    context.fillStyle = colour('ink');
    for (let i = 0; i < this.dots.length; i += 2) {
      context.beginPath();
      context.arc(across(toPlane(this.dots[i])), width - across(toPlane(this.dots[i + 1])), 3, 0, 2 * Math.PI);
      context.fill();
    }
    if (!this.canvas.matches(':focus-visible')) return;
    const [x, y] = [across(this.pen[0]), width - across(this.pen[1])];
    context.strokeStyle = colour('accent');
    context.lineWidth = 2;
    context.strokeRect(x - 6, y - 6, 12, 12);
  }
}
