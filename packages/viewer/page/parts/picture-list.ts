import type { Picture, RunView } from '../../src/view/index.js';
import { beginnings } from '../beginnings.js';
import { element, setText } from '../element.js';
import { count } from '../number-text.js';
import { messageOf, type Source } from '../sources/source.js';
import { section } from './section.js';

/** What else was drawn of a run. */
export class PictureList {
  readonly root = element('div');
  private readonly shown = new Map<
    string,
    { readonly image: HTMLImageElement; readonly caption: HTMLElement; key: string }
  >();

  constructor(private readonly source: Source) {}

  update(run: RunView): void {
    const { name, pictures } = run;
    for (const picture of pictures) {
      let place = this.shown.get(picture.id);
      if (place === undefined) {
        place = { image: element('img'), caption: element('figcaption'), key: '' };
        this.shown.set(picture.id, place);
        this.root.append(section(picture.title, element('figure', {}, place.image, place.caption)));
      }
      const key = `${beginnings(run)} ${picture.step}`;
      if (place.key === key) continue;
      place.key = key;
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
