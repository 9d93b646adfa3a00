import type { Picture, RunView } from '../../src/view/index.js';
import { element, setText } from '../element.js';
import { count } from '../number-text.js';
import { messageOf, type Source } from '../sources/source.js';
import { section } from './section.js';

/** What else was drawn of a run that began once. */
export class PictureList {
  readonly root = element('div');
  private readonly shown = new Map<
    string,
    { readonly image: HTMLImageElement; readonly caption: HTMLElement; step?: number }
  >();

  constructor(private readonly source: Source) {}

  update({ name, pictures }: RunView): void {
    for (const picture of pictures) {
      let place = this.shown.get(picture.id);
      if (place === undefined) {
        place = { image: element('img'), caption: element('figcaption') };
        this.shown.set(picture.id, place);
        this.root.append(section(picture.title, element('figure', {}, place.image, place.caption)));
      }
      if (place.step === picture.step) continue;
      place.step = picture.step;
      void this.load(name, picture, place);
    }
  }

  dispose(): void {
    for (const { image } of this.shown.values()) URL.revokeObjectURL(image.src);
  }

  private async load(
    run: string,
    { id, title, step }: Picture,
    { image, caption }: { readonly image: HTMLImageElement; readonly caption: HTMLElement },
  ): Promise<void> {
    try {
      const before = image.src;
      image.src = URL.createObjectURL(new Blob([await this.source.picture(run, id)], { type: 'image/png' }));
      if (before) URL.revokeObjectURL(before);
      image.alt = `${title} at step ${count(step)}`;
      setText(caption, `step ${count(step)}`);
    } catch (error) {
      setText(caption, messageOf(error));
    }
  }
}
