import { againstEager } from '@dist-gan/testing/compiled';
import { compile } from '../src/compile/compile.js';

export const { describeOnTargets, expectLikeEager, tensorFlowIsHere } = await againstEager(compile);
