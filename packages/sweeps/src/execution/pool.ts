/**
 * Does every task, at most `jobs` of them at a time, in their order. When `signal` is aborted no further task begins; those
 * that run are waited for.
 *
 * @throws the first error of a task, when all that had begun are over
 */
export async function runPool<Task>(
  tasks: readonly Task[],
  jobs: number,
  signal: AbortSignal,
  work: (task: Task) => Promise<void>,
): Promise<void> {
  let next = 0;
  const errors: unknown[] = [];
  const worker = async () => {
    while (next < tasks.length && !signal.aborted && errors.length === 0) {
      const task = tasks[next++];
      try {
        await work(task);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, worker));
  if (errors.length > 0) throw errors[0];
}
