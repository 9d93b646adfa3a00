type Child = Node | string;
type Properties = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * A new element. Attributes that are `true` are there without a value, those that are `false` or missing are not. Texts are
 * texts, never markup.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : String(value));
  made.append(...children);
  return made;
}

/** The element of the page that has this id. */
export function byId<Kind extends HTMLElement>(id: string): Kind {
  return document.getElementById(id) as Kind;
}

/** For instance `12,000`. */
export const grouped = (number: number) => grouping.format(number);
const grouping = new Intl.NumberFormat('en');
