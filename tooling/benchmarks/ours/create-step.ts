import { createDcganStep } from './dcgan-step.js';
import { createMlpStep } from './mlp-step.js';
import { createPresetStep } from './preset-step.js';
import { createResnetCriticStep } from './resnet-critic-step.js';
import type { Step } from './step.js';
import type { Workload } from './workloads.js';

export function createStep(workload: Workload): Step {
  switch (workload.step) {
    case 'mlp':
      return createMlpStep(workload);
    case 'dcgan':
      return createDcganStep(workload);
    case 'resnet-critic':
      return createResnetCriticStep(workload);
    case 'preset':
      return createPresetStep(workload);
  }
}
