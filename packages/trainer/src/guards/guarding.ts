import type { GuardEvent } from '../callbacks.js';
import { bestOf, type RankingMetric } from '../history/best.js';
import { withEvaluation, type RunHistory } from '../history/history.js';
import type { RunState } from '../step/run-state.js';
import { defaultRestores, type EvaluationFacts, type Guard, type StepFacts } from './guard.js';

/** A guard and what it says. */
export interface Finding {
  readonly guard: Guard;
  readonly reason: string;
}

/** What a run does about a finding; a warning alone changes nothing. */
export interface Verdict extends Omit<GuardEvent, 'seconds'> {
  /** The state to go back to. */
  readonly restored?: RunState;
}

/** `scheduled`: one of those every so many steps; `last`: another one at the end; `interrupted`: where a run was aborted. */
export type EvaluationKind = 'scheduled' | 'last' | 'interrupted';

/** The guards of one run, its history, and the best state that they can go back to. */
export class Guarding {
  private readonly keepsBest: boolean;
  private best: RunState | undefined;
  /** With a last evaluation at the end of a run. */
  private latest: RunHistory;

  constructor(
    private readonly guards: readonly Guard[],
    private readonly options: {
      readonly ranking?: RankingMetric;
      readonly findState?: (step: number) => RunState | undefined | Promise<RunState | undefined>;
      readonly resumed?: RunState;
    },
    public history: RunHistory,
  ) {
    this.latest = history;
    this.keepsBest = guards.some(({ policy }) => policy === 'restore');
    if (options.resumed?.step === bestOf(history, options.ranking)?.step) this.best = options.resumed;
  }

  /** What the guards say of a step. */
  ofStep(facts: StepFacts): Finding[] {
    return findings(this.guards, (guard) => guard.afterStep?.(facts));
  }

  /** What a guard of this id, which every run may have, says of something else. */
  of(id: string, reason: string): Finding[] {
    return findings(this.guards, (guard) => (guard.id === id ? reason : undefined));
  }

  /**
   * What guards measure and say of an evaluation. The history takes it in where it is one of those that come every so many
   * steps: the others depend on where a run was interrupted, or was to end.
   */
  async ofEvaluation(
    facts: EvaluationFacts,
    more: Readonly<Record<string, number>>,
    kind: EvaluationKind,
  ): Promise<{ measurements: Record<string, number>; found: Finding[] }> {
    const measurements: Record<string, number> = { ...more };
    for (const guard of this.guards) Object.assign(measurements, await guard.measure?.(facts));
    // A run that goes on from its last step is evaluated there again.
    if (kind === 'interrupted' || this.history.evaluations.at(-1)?.step === facts.step)
      return { measurements, found: [] };
    this.latest = withEvaluation(this.history, facts.step, facts.results, measurements);
    if (kind === 'scheduled') this.history = this.latest;
    const { evaluations } = this.latest;
    const found = findings(this.guards, (guard) => guard.afterEvaluation?.(evaluations));
    return { measurements, found };
  }

  /** What is done about a finding; the history remembers it. */
  async decide({ guard, reason }: Finding, step: number): Promise<Verdict> {
    const { id, policy, restores = defaultRestores } = guard;
    if (policy === 'warn') return { step, guard: id, action: 'warned', reason };
    const { interventions } = this.history;
    const spent = interventions.filter((past) => past.guard === id && past.action === 'restored').length;
    const restored = policy === 'restore' ? await this.bestStateBefore(step) : undefined;
    const verdict = {
      step,
      guard: id,
      action: restored === undefined || spent >= restores ? ('stopped' as const) : ('restored' as const),
      reason,
      ...(restored !== undefined && { restoredStep: restored.step }),
    };
    this.history = { ...this.history, interventions: [...interventions, verdict] };
    return { ...verdict, ...(restored !== undefined && { restored }) };
  }

  /**
   * To be called after the findings of an evaluation were decided.
   *
   * @returns by which metric this evaluation is the best so far
   */
  async rank(step: number, readState: () => Promise<RunState>): Promise<string | undefined> {
    const { evaluations } = this.latest;
    const best = bestOf({ ...this.history, evaluations }, this.options.ranking);
    if (best?.step !== step) return undefined;
    if (this.keepsBest) this.best = await readState();
    return best.metric;
  }

  private async bestStateBefore(step: number): Promise<RunState | undefined> {
    const { history } = this;
    const evaluations = history.evaluations.filter((entry) => entry.step < step);
    const best = bestOf({ ...history, evaluations }, this.options.ranking);
    if (best === undefined) return undefined;
    if (this.best?.step !== best.step) this.best = await this.options.findState?.(best.step);
    return this.best;
  }
}

function findings(guards: readonly Guard[], ask: (guard: Guard) => string | undefined): Finding[] {
  return guards.flatMap((guard) => {
    const reason = ask(guard);
    return reason === undefined ? [] : [{ guard, reason }];
  });
}
