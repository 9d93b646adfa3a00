import type {
  Callbacks,
  EvaluationEvent,
  FailureEvent,
  GuardEvent,
  StartEvent,
  StepEvent,
} from '../callbacks.js';
import type { TrainingResult } from '../training-result.js';

/** What a loop over a training sees: what {@link Callbacks} are told, under the name of the event. */
export type TrainingEvent =
  | ({ readonly event: 'start' } & StartEvent)
  | ({ readonly event: 'step' } & StepEvent)
  | ({ readonly event: 'evaluation' } & EvaluationEvent)
  | ({ readonly event: 'guard' } & GuardEvent)
  | ({ readonly event: 'failure' } & FailureEvent)
  | { readonly event: 'end'; readonly result: TrainingResult };

/**
 * A run that `fit` began: a promise of its result, which can also be followed.
 *
 * The run waits while the body of `for await (const event of training)` is at work, as it does for callbacks, which are told
 * first. Leaving the loop early ends the run after the step at hand, with the outcome `aborted`; an error of the run leaves the
 * loop. The result, also of a run that was left, is what `await training` gives, and is to be disposed of.
 */
export interface Training extends Promise<TrainingResult>, AsyncIterable<TrainingEvent> {}

type Tell = (event: TrainingEvent) => Promise<void>;

/** @param begin runs it, tells callbacks of what happens, and ends it when the signal says so */
export function followed(
  begin: (callbacks: Callbacks, signal: AbortSignal) => Promise<TrainingResult>,
): Training {
  const left = new AbortController();
  const listeners = new Set<Tell>();
  const tell: Tell = async (event) => {
    for (const listener of listeners) await listener(event);
  };
  const training = begin(
    {
      onStart: (event) => tell({ event: 'start', ...event }),
      onStep: (event) => tell({ event: 'step', ...event }),
      onEvaluation: (event) => tell({ event: 'evaluation', ...event }),
      onGuard: (event) => tell({ event: 'guard', ...event }),
      onFailure: (event) => tell({ event: 'failure', ...event }),
      onEnd: (result) => tell({ event: 'end', result }),
    },
    left.signal,
  );
  return Object.assign(training, {
    [Symbol.asyncIterator]: () => follow(training, listeners, () => left.abort()),
  });
}

/** An event on its way to a loop; the run goes on when it is let. */
interface Offer {
  readonly event: TrainingEvent;
  readonly goOn: () => void;
}

async function* follow(
  training: Promise<TrainingResult>,
  listeners: Set<Tell>,
  leave: () => void,
): AsyncGenerator<TrainingEvent, void, undefined> {
  let offered = later<Offer | undefined>();
  const listener: Tell = (event) => new Promise((goOn) => offered.settle({ event, goOn }));
  listeners.add(listener);
  const over = training.then(
    () => offered.settle(undefined),
    () => offered.settle(undefined),
  );
  let offer: Offer | undefined;
  let isOver = false;
  try {
    while ((offer = await offered.value) !== undefined) {
      offered = later();
      yield offer.event;
      offer.goOn();
    }
    isOver = true;
    await training;
  } finally {
    listeners.delete(listener);
    if (!isOver) {
      leave();
      offer?.goOn();
      await over;
    }
  }
}

function later<Value>(): { readonly value: Promise<Value>; settle(value: Value): void } {
  let settle!: (value: Value) => void;
  const value = new Promise<Value>((resolve) => (settle = resolve));
  return { value, settle };
}
