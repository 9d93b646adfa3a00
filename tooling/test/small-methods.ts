/** What makes methods fit a batch of 8 samples with 2 latents, by their ids: options of those whose defaults do not. */
export const smallMethods: Readonly<Record<string, object>> = {
  'dan-s': { setSize: 4 },
  'dan-2s': { setSize: 2 },
  'info-gan': { categories: 2, continuous: 0 },
};
