import { begin } from './needs.js';

void begin(() => import('./main.js'));
