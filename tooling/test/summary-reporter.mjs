import { writeFileSync } from 'node:fs';

/**
 * Writes what every file of tests came to, as JSON, into the file that DIST_GAN_TEST_SUMMARY names. Unlike Vitest's own
 * report in JSON it has the errors that belong to no test, and tells tests that were skipped from those whose process
 * ended under them.
 */
export default class SummaryReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const files = modules.map((module) => {
      const tests = [...module.children.allTests()];
      const namesOf = (wanted) =>
        tests.filter((test) => test.result().state === wanted).map(({ fullName }) => fullName);
      const pending = namesOf('pending');
      if (pending.length === 0 && ['queued', 'pending'].includes(module.state()))
        pending.push('(the file itself)');
      const failed = namesOf('failed');
      return {
        file: module.moduleId,
        passed: namesOf('passed').length,
        // A file that cannot be loaded has no test that could fail.
        failed: failed.length === 0 && module.state() === 'failed' ? ['(the file itself)'] : failed,
        skipped: namesOf('skipped'),
        unfinished: pending,
      };
    });
    const errors = unhandledErrors.map(({ message, cause }) =>
      [message, cause?.message].filter(Boolean).join(': '),
    );
    writeFileSync(process.env.DIST_GAN_TEST_SUMMARY, JSON.stringify({ files, errors }));
  }
}
