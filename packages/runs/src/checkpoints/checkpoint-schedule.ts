export interface CheckpointTimes {
  /** Training steps between two checkpoints. */
  readonly everySteps: number;
  /** Minutes between two checkpoints at most. */
  readonly everyMinutes: number;
}

/** Says after which steps a checkpoint is due: every so many steps, and when so many minutes have passed. */
export class CheckpointSchedule {
  private savedAt = 0;

  constructor(private readonly times: CheckpointTimes) {}

  /** @param seconds of training, as the events of a run count them: a clock that is set does not matter */
  isDue(step: number, seconds: number): boolean {
    return step % this.times.everySteps === 0 || seconds - this.savedAt >= 60 * this.times.everyMinutes;
  }

  saved(seconds: number): void {
    this.savedAt = seconds;
  }
}
