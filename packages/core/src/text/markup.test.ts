import { expect, it } from 'vitest';
import { escapeMarkup } from './markup.js';

it('escapeMarkup leaves no tag and no entity in a text', () => {
  expect(escapeMarkup('a < b && </title>&lt;')).toBe('a &lt; b &amp;&amp; &lt;/title>&amp;lt;');
});
