import { colourOf, prepareCanvas } from './drawing.mjs';

/** One loss of the page: its name, its last value and its curve, each point the mean of the steps that it stands for. */
export class LossCurve {
  means = [];
  sum = 0;
  count = 0;

  /** @param phase also the name of the curve's colour in style.css */
  constructor(parent, phase) {
    this.phase = phase;
    const row = document.createElement('div');
    row.className = 'loss';
    const text = document.createElement('div');
    this.value = document.createElement('span');
    text.append(phase, this.value);
    this.canvas = document.createElement('canvas');
    row.append(text, this.canvas);
    parent.append(row);
  }

  add(loss) {
    this.sum += loss;
    this.count++;
  }

  draw() {
    if (this.count > 0) this.means.push(this.sum / this.count);
    this.sum = this.count = 0;
    if (this.means.length === 0) return;
    this.value.textContent = this.means.at(-1).toFixed(4);

    const { context, width, height } = prepareCanvas(this.canvas);
    const low = Math.min(...this.means);
    const range = Math.max(...this.means) - low || 1;
    context.strokeStyle = colourOf(this.canvas, this.phase);
    context.lineWidth = 1.5;
    context.lineJoin = 'round';
    context.beginPath();
    this.means.forEach((mean, i) => {
      const across = (width * i) / Math.max(1, this.means.length - 1);
      context.lineTo(across, 2 + (height - 4) * (1 - (mean - low) / range));
    });
    context.stroke();
  }
}
