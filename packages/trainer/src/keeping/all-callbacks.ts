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
