/** What the built pages refer to: links and pictures inside of the site, and whether anything is loaded from elsewhere. */
import { answer, pagesOfTheSite } from './site.mjs';

const decode = (text) =>
  text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<');

/** Values of attributes of a page, with the elements that have them. */
function attributes(html) {
  // What scripts and examples contain is text.
  const markup = html.replace(/<script\b[\s\S]*?<\/script>/g, (script) =>
    script.slice(0, script.indexOf('>') + 1),
  );
  return [...markup.matchAll(/<(\w+)\b([^<>]*)>/g)].flatMap(([, element, inside]) =>
    [...inside.matchAll(/\s(href|src|id)="([^"]*)"/g)].map(([, name, value]) => ({
      element: element.toLowerCase(),
      name,
      value: decode(value),
    })),
  );
}

/** Complaints about the pages: links that lead nowhere, and what would be asked of another host to show them. */
export function complaintsAboutLinks() {
  const pages = new Map(
    pagesOfTheSite().map((path) => [path, attributes(answer(path).body.toString('utf8'))]),
  );
  const anchors = new Map(
    [...pages].map(([path, all]) => [
      path,
      new Set(all.filter(({ name }) => name === 'id').map(({ value }) => value)),
    ]),
  );
  const complaints = [];
  let links = 0;
  for (const [path, all] of pages) {
    for (const { element, name, value } of all) {
      if (name === 'id' || /^(data:|mailto:)/.test(value)) continue;
      const address = new URL(value, `http://site${path}`);
      if (address.host !== 'site') {
        if (element !== 'a') complaints.push(`${path} loads ${value}`);
        continue;
      }
      links++;
      const { pathname, hash } = address;
      if (answer(pathname) === undefined) complaints.push(`${path} refers to ${value}, which is not there`);
      else if (hash !== '' && !anchors.get(pathname)?.has(decodeURIComponent(hash.slice(1))))
        complaints.push(`${path} refers to ${value}, a place that the page does not have`);
    }
  }
  return { complaints, links, pages: pages.size };
}
