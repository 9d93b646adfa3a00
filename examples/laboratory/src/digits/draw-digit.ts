import { onLookChange, prepareCanvas } from '../page/canvas.js';
import { element } from '../page/element.js';
import { side } from './digit-networks.js';

/** A canvas that shows one digit. */
export class DigitPicture {
  readonly root = element('canvas', { class: 'digit', role: 'img' });
  private image = new Float32Array(side * side);

  constructor(label: string) {
    this.root.setAttribute('aria-label', label);
    onLookChange(this.root, () => this.draw());
  }

  show(image: Float32Array): void {
    this.image = image as Float32Array<ArrayBuffer>;
    this.draw();
  }

  private draw(): void {
    const { context, width } = prepareCanvas(this.root);
    context.drawImage(pictureOf(this.image, getComputedStyle(this.root).color), 0, 0, width, width);
  }
}

/** @param ink as `rgb(r, g, b)` */
function pictureOf(image: Float32Array, ink: string): OffscreenCanvas {
  const picture = new OffscreenCanvas(side, side);
  const context = picture.getContext('2d')!;
  context.fillStyle = ink;
  image.forEach((value, i) => {
    context.globalAlpha = Math.min(1, Math.max(0, value));
    context.fillRect(i % side, Math.floor(i / side), 1, 1);
  });
  return picture;
}
