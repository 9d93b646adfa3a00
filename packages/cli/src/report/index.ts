export { renderReport, type ReportContent } from './report.js';
