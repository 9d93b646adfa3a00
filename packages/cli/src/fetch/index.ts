export { fetchDataset, type FetchOptions } from './fetch-dataset.js';
