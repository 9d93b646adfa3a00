export { datasetChecks, describeDataset, type DatasetSubject } from './dataset-checks.js';
