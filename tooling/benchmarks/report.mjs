/** The table for people, from the same object that the JSON file holds. */

const yardsticks = [
  ['torch-compile', 'x torch.compile'],
  ['torch-eager', 'x PyTorch eager'],
  ['jax-jit', 'x JAX jit'],
];

export function markdown(result) {
  const { machine, versions, method } = result;
  const lines = [
    `# Benchmarks: ${result.name}, ${result.date.slice(0, 10)}`,
    '',
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB. ` +
      `${method.statistic} (${method.rounds} blocks of about ${method.secondsPerBlock} s a row, rows taking turns). ` +
      (method.preparedAtOnce > 1
        ? `${method.preparedAtOnce} rows were made ready side by side, so first steps are only about right. `
        : '') +
      'Only ratios within one table travel to another machine.',
    '',
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
    '',
  ];
  if (result.peaks.length > 0)
    lines.push(
      '## Machine peak (matrix product 2048 x 2048 x 2048, float32)',
      '',
      '| engine | threads | GFLOP/s |',
      '| --- | --- | --- |',
      ...result.peaks.map(
        ({ engine, threads, gflops }) => `| ${engine} | ${threads} | ${gflops.toFixed(0)} |`,
      ),
      '',
    );
  for (const scenario of result.scenarios) lines.push(...scenarioTable(scenario), '');
  return lines.join('\n');
}

function scenarioTable({ title, rows }) {
  const timeOf = (id) => rows.find((row) => row.id === id)?.secondsPerStep?.median;
  const columns = yardsticks.filter(([id]) => timeOf(id));
  const header = [
    'row',
    'ms a step',
    'range',
    ...columns.map(([, text]) => text),
    'first step s',
    'peak MB',
    'loss difference',
  ];
  const body = rows.map((row) => {
    if (row.status !== 'ok') return [row.title, `${row.status}: ${row.reason.slice(0, 160)}`];
    const { median, smallest, largest } = row.secondsPerStep;
    return [
      row.title,
      milliseconds(median),
      `${milliseconds(smallest)} to ${milliseconds(largest)}`,
      ...columns.map(([id]) => (median / timeOf(id)).toFixed(2)),
      row.firstStepSeconds.toFixed(1),
      (row.peakMemoryBytes / 2 ** 20).toFixed(0) +
        (row.peakDeviceMemoryBytes
          ? ` + ${(row.peakDeviceMemoryBytes / 2 ** 20).toFixed(0)} on the device`
          : ''),
      row.lossDifference.toExponential(0),
    ];
  });
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const pad = (cells) => [...cells, ...Array(header.length - cells.length).fill('')];
  return [
    `## ${title}`,
    '',
    line(header),
    line(header.map(() => '---')),
    ...body.map((cells) => line(pad(cells.map((cell) => cell.replaceAll('|', '/').replaceAll('\n', ' '))))),
  ];
}

function milliseconds(seconds) {
  const value = seconds * 1000;
  return value.toFixed(value < 100 ? 2 : 0);
}
