/** The worker: one run, from its first message on. Another run is another worker. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import { Control } from './control.js';
import type { FromWorker, ToWorker } from './messages.js';
import { trainRun } from './run.js';

const control = new Control();
const tell = (message: FromWorker) => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'open':
      trainRun(data.run, control, tell).catch((error: unknown) =>
        tell({ type: 'failed', message: (error as Error).message }),
      );
      break;
    case 'continue':
      control.continue(data.steps);
      break;
    case 'pause':
      control.pause();
      break;
    case 'rest':
      control.rest.share = data.share;
      break;
    case 'ask':
      control.ask(data);
      break;
  }
});
