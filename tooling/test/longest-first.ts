import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take longest, longest first. Where nothing was run before, as in a new clone, nobody knows how long files take: one
 * that is begun late is waited for by a core with nothing to do.
 */
const longest = [
  'examples/laboratory/laboratory.test.ts',
  'packages/queue/src/queue.test.ts',
  'packages/cli/src/commands/watch.test.ts',
  'packages/runs/src/resume.test.ts',
  'packages/cli/src/commands/sweep.test.ts',
  'packages/trainer/src/tiny-training.test.ts',
  'packages/cli/src/bin.test.ts',
  'packages/trainer/src/executor/methods.test.ts',
  'packages/architectures/src/compiled.test.ts',
  'examples/browser-page/page.test.ts',
  'packages/cli/src/commands/worker.test.ts',
  'tooling/benchmarks/ours/oracle.test.ts',
  'packages/cli/src/main.test.ts',
  'packages/metrics/src/extractors/inception/inception.test.ts',
  'packages/sweeps/src/execution/run-sweep.test.ts',
  'packages/datasets/src/image-folder/image-folder.test.ts',
  'packages/compiler/src/passes/passes.test.ts',
  'packages/cli/src/commands/array-task.test.ts',
  'tooling/reproduction/sweeps/definitions.test.ts',
  'tooling/fuzz/records.test.ts',
];

/** Files with a process of their own, then the longest, then the others in Vitest's order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = longest.find((name) => !existsSync(join(this.ctx.config.root, name)));
    if (gone !== undefined) throw new Error(`tooling/test/longest-first.ts names ${gone}, which is gone`);
    const sorted = await super.sort(files);
    const turn = ({ moduleId, project }: TestSpecification) => {
      if (project.config.isolate) return -1;
      const place = longest.findIndex((name) => moduleId.endsWith(`/${name}`));
      return place === -1 ? longest.length : place;
    };
    return sorted.sort((one, other) => turn(one) - turn(other));
  }
}
