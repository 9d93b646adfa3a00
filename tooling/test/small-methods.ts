/** What makes methods fit the batches of tests, by their ids: options of those whose defaults do not. */
type Options = Readonly<Record<string, object>>;

/** For 8 samples with 2 latents. */
export const smallMethods: Options = {
  'dan-s': { setSize: 4 },
  'dan-2s': { setSize: 2 },
  'info-gan': { categories: 2, continuous: 0 },
};

/** For the 6 samples with 2 latents of the suite of methods. */
export const methodsOfSuite: Options = {
  'dan-s': { setSize: 3 },
  'dan-2s': { setSize: 3 },
  'info-gan': { categories: 0, continuous: 2 },
};
