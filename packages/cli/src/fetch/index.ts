export { fetchDataset } from './fetch-dataset.js';
