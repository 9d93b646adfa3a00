export { describeMetric, metricChecks, type MetricSubject } from './metric-checks.js';
