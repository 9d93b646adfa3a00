/** Guards on every engine; `guarded-run.test.ts` has them on ONNX Runtime. */
import { inspectTensorFlow } from '@dist-gan/compiler';
import { succeeds } from '../../../../tooling/test/succeeds.js';
import { describeGuards, useFolder } from '../../test/guarded-runs.js';

useFolder();
describeGuards('--backend=cpu');
if (succeeds(inspectTensorFlow)) describeGuards('--target=tensorflow');
