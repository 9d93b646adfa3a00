/** What can be opened, scrolled or focused. */
const kept = 'details, summary, a, input, .scroll';

/** Gives a place other content. What a person has opened, scrolled or focused there stays so, where the new content has it, too. */
export function exchange(place: HTMLElement, ...content: readonly Node[]): void {
  const before = partsOf(place);
  const focused = [...before].find(([, part]) => part === document.activeElement)?.[0];
  const scrolled = new Map([...before].map(([name, { scrollLeft }]) => [name, scrollLeft]));
  place.replaceChildren(...content);
  for (const [name, part] of partsOf(place)) {
    const old = before.get(name);
    if (old === undefined) continue;
    if (part instanceof HTMLDetailsElement) part.open = (old as HTMLDetailsElement).open;
    part.scrollLeft = scrolled.get(name)!;
    if (name === focused) part.focus({ preventScroll: true });
  }
}

/** By what tells them apart, whatever else has changed. */
function partsOf(place: HTMLElement): Map<string, HTMLElement> {
  return new Map([...place.querySelectorAll<HTMLElement>(kept)].map((part) => [nameOf(part), part]));
}

function nameOf(part: HTMLElement): string {
  const name = part.getAttribute('href') ?? part.getAttribute('aria-label');
  return `${part.tagName} ${name ?? part.closest<HTMLElement>('[data-part]')?.dataset.part}`;
}
