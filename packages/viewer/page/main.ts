import { inlinedSource } from './sources/inlined-source.js';
import { servedSource } from './sources/served-source.js';
import { Viewer } from './viewer.js';

const data = document.getElementById('data');
const source = data === null ? servedSource(document.title) : inlinedSource(data.textContent);
new Viewer(source, document.body).start();
