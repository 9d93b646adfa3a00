import { NonFiniteError, type MetricResult } from '@dist-gan/core';
import type { Timing } from '../callbacks.js';
import { evaluate } from '../evaluation/evaluate.js';
import { findNonFinite, wayOut } from '../evaluation/find-non-finite.js';
import type { ResolvedFitOptions } from '../fit-options.js';
import { Guarding, type EvaluationKind, type Finding } from '../guards/guarding.js';
import { emptyHistory, updatesBehind } from '../history/history.js';
import { evaluationLatents } from '../inputs/latents.js';
import { measureWeights } from '../measurements/measure-weights.js';
import { withClasses } from '../networks/classes.js';
import { pauses } from './pauses.js';
import type { Preparation, Source } from '../preparation.js';
import { readTensors, writeTensors, type RunState } from '../step/run-state.js';
import type { TrainingResult } from '../training-result.js';
import { stopwatch } from './stopwatch.js';

/** What the loop has to tell of a run at its end. */
export type Trained = Pick<
  TrainingResult,
  'step' | 'outcome' | 'seconds' | 'stepsPerSecond' | 'results' | 'rawResults' | 'history'
>;

/** The steps of a run, its evaluations, and what guards want done about either. */
export class TrainingLoop {
  private readonly guarding: Guarding;
  private readonly firstStep: number;
  private readonly sitting = stopwatch();
  private readonly timing = { inputs: 0, steps: 0, evaluations: 0, callbacks: 0 };
  private readonly pause = pauses();
  private step: number;
  private evaluatedAt = -1;
  private isStopped = false;
  /** Whether the weights are no longer those of the last evaluation. */
  private isOutdated = false;
  private results: readonly MetricResult[] = [];
  private rawResults: readonly MetricResult[] | undefined;

  constructor(
    private readonly options: ResolvedFitOptions,
    private readonly preparation: Preparation,
  ) {
    const { guards, best, findState, resume } = options;
    this.guarding = new Guarding(
      guards,
      { ranking: best, findState, resumed: resume },
      resume?.history ?? emptyHistory,
    );
    this.firstStep = this.step = resume?.step ?? 0;
  }

  async run(): Promise<Trained> {
    const { steps, evaluation, callbacks, signal } = this.options;
    try {
      while (this.step < steps && !this.isStopped && !signal?.aborted) {
        await this.makeStep();
        if (!this.isStopped && evaluation !== undefined && this.step % evaluation.every === 0) {
          await this.evaluate();
        }
        await this.pause();
      }
      if (this.evaluatedAt !== this.step) await this.evaluate();
      if (this.isOutdated && evaluation !== undefined) await this.evaluateRestored();
    } catch (error) {
      await callbacks?.onFailure?.({ error, step: this.step, state: this.readState });
      throw error;
    }
    const { step, isStopped, results, rawResults, timing } = this;
    const made = step - this.firstStep;
    return {
      step,
      outcome: isStopped ? 'stopped' : step < steps ? 'aborted' : 'completed',
      seconds: this.clock(),
      stepsPerSecond: made === 0 ? 0 : made / (timing.inputs + timing.steps),
      results,
      history: this.guarding.history,
      ...(rawResults !== undefined && { rawResults }),
    };
  }

  /** Seconds of the run, those before it was resumed included. */
  private clock(): number {
    return (this.options.resume?.seconds ?? 0) + this.sitting();
  }

  private async spent<Result>(on: keyof Timing, work: () => Result | Promise<Result>): Promise<Result> {
    const time = stopwatch();
    try {
      return await work();
    } finally {
      this.timing[on] += time();
    }
  }

  /** For callbacks, which call it by itself. */
  private readonly readState = async (): Promise<RunState> => {
    const { executor, state } = this.preparation;
    await executor.readState();
    const { step, guarding } = this;
    return { step, seconds: this.clock(), history: guarding.history, tensors: await readTensors(state) };
  };

  private async makeStep(): Promise<void> {
    const { inputsAt, executor, stepAt } = this.preparation;
    const { batchSize, callbacks } = this.options;
    const { timing } = this;
    const { feeds, learningRates } = await this.spent('inputs', () =>
      inputsAt(this.step, updatesBehind(this.step, this.guarding.history.interventions)),
    );
    const numbers = await this.spent('steps', () => executor.run(feeds, stepAt(this.step)));
    this.step++;
    const { step } = this;
    const { losses, weightSums, gradientNorms } = numbers;
    const nonFinite = Object.entries({ ...losses, ...weightSums }).find(
      ([, value]) => !Number.isFinite(value),
    );
    const found = this.guarding.ofStep({ step, losses, weightSums });
    if (await this.settle(found, nonFinite?.[0])) return;
    await this.spent('callbacks', () =>
      callbacks?.onStep?.({
        step,
        losses,
        learningRates,
        measurements: mapKeys(gradientNorms, (phase) => `gradient-norm/${phase}`),
        timing: { ...timing },
        samplesPerSecond: (batchSize * (step - this.firstStep)) / (timing.inputs + timing.steps),
        seconds: this.clock(),
        state: this.readState,
      }),
    );
  }

  /**
   * Does what guards want done.
   *
   * @param nonFinite the name of the quantity that is not finite, where one is
   * @returns whether the weights are no longer those that they spoke of, or training is over
   */
  private async settle(found: readonly Finding[], nonFinite?: string): Promise<boolean> {
    const { state, executor } = this.preparation;
    const { step } = this;
    let changed = false;
    for (const finding of found) {
      // What was wrong is gone with the weights that it was wrong with; and a run ends once.
      if ((changed || this.isStopped) && finding.guard.policy !== 'warn') continue;
      const { restored, ...verdict } = await this.guarding.decide(finding, step);
      if (verdict.action !== 'warned') changed = true;
      if (restored !== undefined) {
        writeTensors(state, restored.tensors);
        await executor.writeState();
      }
      if (verdict.action === 'stopped') {
        this.isStopped = true;
        if (finding.guard.id === 'non-finite' && restored === undefined) {
          throw new NonFiniteError(`fit: ${finding.reason} at step ${step}; ${wayOut}`, nonFinite!, step);
        }
      }
      await this.spent('callbacks', () =>
        this.options.callbacks?.onGuard?.({ ...verdict, seconds: this.clock() }),
      );
    }
    return changed;
  }

  /** The same of what was found at an evaluation. */
  private async settleEvaluation(found: readonly Finding[], nonFinite?: string): Promise<void> {
    const isChanged = await this.settle(found, nonFinite);
    this.isOutdated = isChanged && this.guarding.history.interventions.at(-1)!.restoredStep !== undefined;
  }

  private async evaluate(): Promise<void> {
    const { executor, state } = this.preparation;
    const { evaluation } = this.options;
    const { step } = this;
    this.evaluatedAt = step;
    await executor.readState();
    const wrong = await findNonFinite(state);
    if (wrong !== undefined) {
      await this.settleEvaluation(this.guarding.of('non-finite', wrong.reason), wrong.name);
      return;
    }
    if (evaluation === undefined) return;
    const judged = await this.judge(this.kindOfEvaluation(evaluation.every));
    await this.settleEvaluation(judged.found);
    const improved = await this.guarding.rank(step, this.readState);
    await this.tellEvaluation(judged, improved);
  }

  /**
   * A run that ends with an earlier state tells the numbers of that one, where the last ones that it told are of weights that are
   * gone. One that was aborted will go on: it tells what it would have told uninterrupted.
   */
  private async evaluateRestored(): Promise<void> {
    // No part of the history, which guards decide by: nothing was trained.
    const judged = await this.judge('interrupted');
    if (this.isStopped || this.step === this.options.steps) await this.tellEvaluation(judged);
  }

  /** Numbers of the state at hand, and what guards measure and say of it. */
  private judge(kind: EvaluationKind) {
    const { networks, judging } = this.preparation;
    return this.spent('evaluations', async () => {
      const { evaluated, ofRaw } = await this.measure();
      const { samples, results } = evaluated;
      const norms = await measureWeights(networks, this.options.measure);
      const facts = { step: this.step, samples, results, ...judging };
      return { evaluated, ofRaw, ...(await this.guarding.ofEvaluation(facts, norms, kind)) };
    });
  }

  private async tellEvaluation(
    { evaluated, ofRaw, measurements }: Awaited<ReturnType<TrainingLoop['judge']>>,
    improved?: string,
  ): Promise<void> {
    const { reconstruct } = this.preparation;
    await this.spent('callbacks', () =>
      this.options.callbacks?.onEvaluation?.({
        step: this.step,
        ...evaluated,
        measurements,
        ...(improved !== undefined && { improved }),
        ...(ofRaw !== undefined && { raw: ofRaw }),
        ...(reconstruct !== undefined && { reconstruct: (samples) => reconstruct(samples) }),
        seconds: this.clock(),
        state: this.readState,
      }),
    );
  }

  private kindOfEvaluation(every: number): EvaluationKind {
    if (this.step > 0 && this.step % every === 0) return 'scheduled';
    return this.step < this.options.steps && !this.isStopped ? 'interrupted' : 'last';
  }

  /** Samples of the generator and, where that is an average, of the trained one, and their metrics. */
  private async measure() {
    const { generator, raw, random, classes } = this.preparation;
    const { latents } = this.options;
    const evaluation = this.options.evaluation!;
    const fixedLatents = withClasses(evaluationLatents(latents, evaluation.samples, random), {
      dimension: latents.dimension,
      classes,
    });
    const evaluateOne = async ({ network, sample, protocol }: Source) => ({
      ...(await evaluate(sample, fixedLatents, evaluation.metrics(), protocol)),
      generator: network,
    });
    const evaluated = await evaluateOne(generator);
    const ofRaw = raw && (await evaluateOne(raw));
    this.results = evaluated.results;
    this.rawResults = ofRaw?.results;
    return { evaluated, ofRaw };
  }
}

function mapKeys<Value>(
  values: Readonly<Record<string, Value>>,
  change: (key: string) => string,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [change(key), value]));
}
