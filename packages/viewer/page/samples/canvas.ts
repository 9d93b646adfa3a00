import { onSchemeChange } from '../colors.js';

/** A canvas as wide as its place, sharp on every screen, drawn again when its place or the colours change. */
export class FittedCanvas {
  readonly root = document.createElement('canvas');
  private readonly stop: (() => void)[] = [];
  private paint: ((context: CanvasRenderingContext2D, width: number, height: number) => void) | undefined;

  /** @param aspect height over width */
  constructor(private readonly aspect: number) {
    this.root.setAttribute('role', 'img');
    const resized = new ResizeObserver(() => this.redraw());
    resized.observe(this.root);
    this.stop.push(
      () => resized.disconnect(),
      onSchemeChange(() => this.redraw()),
    );
  }

  /**
   * @param description what there is to see, for whoever cannot
   * @param paint draws on an empty canvas; lengths are CSS pixels
   */
  draw(
    description: string,
    paint: (context: CanvasRenderingContext2D, width: number, height: number) => void,
  ): void {
    this.root.setAttribute('aria-label', description);
    this.paint = paint;
    this.redraw();
  }

  dispose(): void {
    for (const stop of this.stop) stop();
  }

  private redraw(): void {
    const width = this.root.clientWidth;
    if (this.paint === undefined || width === 0) return;
    const height = Math.round(width * this.aspect);
    const ratio = devicePixelRatio;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    // A size that is set again empties the canvas, and asks for layout.
    if (this.root.width !== wide) this.root.width = wide;
    if (this.root.height !== high) this.root.height = high;
    const context = this.root.getContext('2d')!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    this.paint(context, width, height);
  }
}
