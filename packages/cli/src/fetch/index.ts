export { fetchPublication } from './fetch-publication.js';
