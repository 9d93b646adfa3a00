import { onLookChange, prepareCanvas, tinted } from '../page/canvas.js';
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
    context.drawImage(tinted(side, this.image, getComputedStyle(this.root).color), 0, 0, width, width);
  }
}
