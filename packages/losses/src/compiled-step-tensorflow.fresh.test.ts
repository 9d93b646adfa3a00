import { testCriticStep } from '../test/critic-step.js';

testCriticStep('tensorflow');
