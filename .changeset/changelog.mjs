/**
 * How the changelogs of the packages are written: what each changeset says, without a list of the packages that changed beside it,
 * since all have one version.
 */
export default {
  getReleaseLine: async ({ summary }) => {
    const [first, ...rest] = summary.trim().split('\n');
    return [`- ${first}`, ...rest.map((line) => (line === '' ? '' : `  ${line}`))].join('\n');
  },
  getDependencyReleaseLine: async () => '',
};
