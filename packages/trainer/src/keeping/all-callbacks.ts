import type { Callbacks } from '../callbacks.js';

type Names = keyof Callbacks;

/** Callbacks that call those of several listeners, one after the other. */
export function allCallbacks(listeners: readonly (Callbacks | undefined)[]): Required<Callbacks> {
  const tell =
    <Name extends Names>(name: Name) =>
    async (event: Parameters<NonNullable<Callbacks[Name]>>[0]): Promise<void> => {
      for (const listener of listeners) {
        await (listener?.[name] as ((told: typeof event) => void | Promise<void>) | undefined)?.(event);
      }
    };
  return {
    onStart: tell('onStart'),
    onStep: tell('onStep'),
    onEvaluation: tell('onEvaluation'),
    onGuard: tell('onGuard'),
    onFailure: tell('onFailure'),
    onEnd: tell('onEnd'),
  };
}
