import * as v from 'valibot';

/** One of these words. */
export function choice<const Words extends readonly string[]>(...words: Words) {
  return v.picklist(words, `must be one of ${words.join(', ')}`);
}
