import * as v from 'valibot';

type Words = readonly (string | number)[];

/**
 * One of these words or numbers. Refused with all of them: `must be linear, cosine or staircase`.
 *
 * @param written how each stands there; `JSON.stringify` puts words in quotation marks
 */
export function choice<const Choices extends Words>(
  words: Choices,
  written: (word: string | number) => string = String,
): v.PicklistSchema<Choices, string> {
  const all = words.map((word) => written(word));
  const last = all.splice(-1);
  return v.picklist(words, `must be ${[all.join(', '), ...last].filter(Boolean).join(' or ')}`);
}

/** The same, refused with a list: `must be one of linear, cosine, staircase`. */
export function oneOf<const Choices extends Words>(words: Choices): v.PicklistSchema<Choices, string> {
  return v.picklist(words, `must be one of ${words.join(', ')}`);
}
