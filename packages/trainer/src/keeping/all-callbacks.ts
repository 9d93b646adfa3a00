type Hears = (...told: never[]) => void | Promise<void>;

/** Callbacks that call those of several listeners, one after the other. */
export function allCallbacks<Callbacks extends { readonly [Name in keyof Callbacks]?: Hears }>(
  names: readonly (keyof Callbacks)[],
  listeners: readonly (Callbacks | undefined)[],
): Required<Callbacks> {
  const tellAll =
    (name: keyof Callbacks) =>
    async (...told: never[]) => {
      for (const listener of listeners) await listener?.[name]?.(...told);
    };
  return Object.fromEntries(names.map((name) => [name, tellAll(name)])) as Required<Callbacks>;
}

/** Those of what keeps a run before those of a user; but the end of the run, which it notes when nothing is left to do. */
export function keptCallbacks<Callbacks extends { readonly [Name in keyof Callbacks | 'onEnd']?: Hears }>(
  names: readonly (keyof Callbacks)[],
  keeper: Callbacks,
  user: Callbacks | undefined,
): Required<Callbacks> {
  const { onEnd } = allCallbacks(names, [user, keeper]);
  return { ...allCallbacks(names, [keeper, user]), onEnd };
}
