import { element, freshId } from '../element.js';

/** A part of the page with its heading. */
export function section(title: string, ...content: readonly (Node | string)[]): HTMLElement {
  const id = freshId();
  return element('section', { 'aria-labelledby': id }, element('h2', { id }, title), ...content);
}

/** What may be wider than the page: it scrolls by itself, with the keyboard, too. */
export function scrolling(label: string, ...content: readonly Node[]): HTMLElement {
  return element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label }, ...content);
}
