import { begin } from '../page/needs.js';

void begin(() => import('./main.js'));
