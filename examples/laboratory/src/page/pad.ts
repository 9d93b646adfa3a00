import { colour, onLookChange, prepareCanvas } from './canvas.js';
import { element } from './element.js';

/** From the lower left (-1, -1) to the upper right (1, 1). */
export type Place = readonly [x: number, y: number];

/** What becomes of what is drawn. */
export interface PadOwner {
  readonly label: string;
  /** A piece of a stroke; at its beginning both ends are the same. */
  line(from: Place, to: Place): void;
  /** A stroke has ended, or with keys another piece of it. */
  drawn(): void;
  clear(): void;
  /** Draws what there is onto the pad, which is `width` wide and high. */
  paint(context: CanvasRenderingContext2D, width: number): void;
  /** Tells what happened to whoever does not see it. */
  say(text: string): void;
}

/** How far an arrow key moves the pen. */
const stride = 0.1;
const moves: Readonly<Record<string, Place>> = {
  ArrowLeft: [-stride, 0],
  ArrowRight: [stride, 0],
  ArrowUp: [0, stride],
  ArrowDown: [0, -stride],
};

let pads = 0;

/** A square to draw into, with a pointer or with the keyboard. */
export class Pad {
  readonly root: HTMLElement;
  private readonly canvas: HTMLCanvasElement;
  /** Where the keyboard's pen is, and whether it draws. */
  private pen: Place = [0, 0];
  private down = false;

  constructor(private readonly owner: PadOwner) {
    const help = `pad-help-${++pads}`;
    this.canvas = element('canvas', {
      class: 'pad',
      tabindex: 0,
      role: 'application',
      'aria-roledescription': 'drawing pad',
      'aria-label': owner.label,
      'aria-describedby': help,
    });
    const clear = element('button', { type: 'button' }, 'Clear');
    clear.addEventListener('click', () => this.clear());
    this.root = element(
      'div',
      { class: 'drawing' },
      this.canvas,
      element(
        'p',
        { id: help, class: 'help' },
        'Draw with the pointer. Or with keys: arrows move the pen, Space puts it down and lifts it, Delete clears.',
      ),
      clear,
    );
    this.listenToPointer();
    this.canvas.addEventListener('keydown', (event) => this.press(event));
    this.canvas.addEventListener('focus', () => this.draw());
    this.canvas.addEventListener('blur', () => this.draw());
    onLookChange(this.canvas, () => this.draw());
  }

  draw(): void {
    const { context, width } = prepareCanvas(this.canvas);
    this.owner.paint(context, width);
    if (!this.canvas.matches(':focus-visible')) return;
    const [x, y] = this.pen;
    context.strokeStyle = colour('accent');
    context.lineWidth = this.down ? 4 : 2;
    context.strokeRect((width * (1 + x)) / 2 - 6, (width * (1 - y)) / 2 - 6, 12, 12);
  }

  private listenToPointer(): void {
    const { canvas, owner } = this;
    let last: Place | undefined;
    const place = ({ clientX, clientY }: PointerEvent): Place => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      return [(2 * (clientX - left)) / width - 1, 1 - (2 * (clientY - top)) / height];
    };
    const draw = (to: Place) => {
      owner.line(last ?? to, to);
      last = to;
      this.draw();
    };
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      draw(place(event));
    });
    canvas.addEventListener('pointermove', (event) => {
      if (last === undefined) return;
      for (const each of event.getCoalescedEvents?.() ?? [event]) draw(place(each));
    });
    const end = () => {
      if (last === undefined) return;
      last = undefined;
      owner.drawn();
    };
    canvas.addEventListener('pointerup', end);
    canvas.addEventListener('pointercancel', end);
  }

  private press(event: KeyboardEvent): void {
    const move = moves[event.key];
    if (move !== undefined) {
      const [x, y] = this.pen;
      const next: Place = [within(x + move[0]), within(y + move[1])];
      if (this.down) this.line(this.pen, next);
      this.pen = next;
    } else if (event.key === ' ') {
      this.down = !this.down;
      if (this.down) this.line(this.pen, this.pen);
      this.owner.say(this.down ? 'Pen down.' : 'Pen up.');
    } else if (event.key === 'Delete' || event.key === 'Backspace') this.clear();
    else return;
    event.preventDefault();
    this.draw();
  }

  private line(from: Place, to: Place): void {
    this.owner.line(from, to);
    this.owner.drawn();
  }

  private clear(): void {
    this.down = false;
    this.owner.clear();
    this.draw();
    this.owner.say('The drawing is cleared.');
  }
}

const within = (x: number) => Math.min(1, Math.max(-1, x));
