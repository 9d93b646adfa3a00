/** The page of a bundle: its title says what was computed. */
import { penalty, train } from './program.mjs';

const answer = `penalty ${penalty()}, points ${await train()}`;
console.log(answer);
if (globalThis.document !== undefined) globalThis.document.title = answer;
