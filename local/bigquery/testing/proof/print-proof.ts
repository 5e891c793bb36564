import type { ModelProof } from './prove-model';

/** Widths of a line that fits in 80 columns. */
const WIDTHS = [35, 6, 6, 7, 7, 7] as const;
const TITLES = ['model', 'in', 'out', 'ref. s', 'ours s', 'rows'] as const;

/** Titles of the table: rows in, rows out, seconds in the reference engine and in ours. */
export function proofHeader(): string {
  return `${line(TITLES)}\n${line(WIDTHS.map((width) => '-'.repeat(width)))}`;
}

/** The line above the models that a variant of the project adds or changes. */
export function variantLine(variant: string): string {
  return `\nwith tests/proof/variants/${variant}:`;
}

/** One line for a run of a model, and below it the first differences, or why there are none. */
export function proofLine(proof: ModelProof): string {
  const cells = [
    proof.run === 'incremental' ? `${proof.model}, incremental` : proof.model,
    String(proof.rowsIn),
    String(proof.rowsOut),
    proof.referenceSeconds.toFixed(1),
    proof.duckSeconds.toFixed(1),
    verdict(proof),
  ];
  return [line(cells), ...notesOf(proof).map((text) => `    ${text}`)].join('\n');
}

function notesOf({ leftOut, notCompared, differences }: ModelProof): readonly string[] {
  if (leftOut !== undefined) return [leftOut];
  if (notCompared === undefined) return differences;
  return [`not compared, the reference engine gave up: ${notCompared}`];
}

/** The totals, and what the comparison means. */
export function proofSummary(
  proofs: readonly ModelProof[],
  { rows, seed }: { readonly rows: number; readonly seed: number },
): string {
  const ran = proofs.filter(({ leftOut }) => leftOut === undefined);
  const models = new Set(ran.map(({ model }) => model)).size;
  const made = new Set(ran.filter(({ rowsOut }) => rowsOut > 0).map(({ model }) => model));
  const differing = ran.filter(({ differences }) => differences.length > 0).length;
  const unknown = ran.filter(({ notCompared }) => notCompared !== undefined).length;
  const empty = ran.filter((it) => verdict(it) === 'no rows' && !made.has(it.model)).length;
  const seconds = (name: 'referenceSeconds' | 'duckSeconds'): string =>
    proofs.reduce((sum, proof) => sum + proof[name], 0).toFixed(1);
  return [
    `${counted(ran.length, 'run')} of ${counted(models, 'model')}, ${rows} random rows a table, seed ${seed}: ${
      ran.length === unknown ? 'nothing compared' : outcomes(ran.length, differing, unknown)
    }.`,
    ...(unknown > 0 ? [fewerRows(rows)] : []),
    ...leftOutNote(proofs.length - ran.length),
    ...(empty > 0 ? [`${empty} made no rows, which proves little: try another seed.`] : []),
    `${seconds('referenceSeconds')} s in the reference engine, ${seconds('duckSeconds')} s in ours, side by side.`,
    'Sorted rows compared: FLOAT64 within 1e-9 of its size, everything else exactly.',
  ].join('\n');
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function leftOutNote(count: number): string[] {
  if (count === 0) return [];
  return [
    `${counted(count, 'model')} left out: the answer depends on the clock or on chance, so two runs`,
    'differ and nothing is proven. Take the time from an input to have it compared.',
  ];
}

function outcomes(ran: number, differing: number, unknown: number): string {
  const equal = ran - differing - unknown;
  if (equal === ran) return 'all equal';
  return [
    ...(equal > 0 ? [`${equal} equal`] : []),
    ...(differing > 0 ? [`${differing} differ`] : []),
    ...(unknown > 0 ? [`${unknown} not compared`] : []),
  ].join(', ');
}

function fewerRows(rows: number): string {
  return `What was not compared is not proven: try fewer rows, --rows ${Math.max(1, Math.floor(rows * 0.4))}.`;
}

/** 0 where everything is equal, 1 where anything differs, 2 where some of it could not be compared. */
export function proofExitCode(proofs: readonly ModelProof[]): 0 | 1 | 2 {
  if (proofs.some(({ differences }) => differences.length > 0)) return 1;
  return proofs.some(({ notCompared }) => notCompared !== undefined) ? 2 : 0;
}

function verdict({ differences, rowsOut, leftOut, notCompared }: ModelProof): string {
  if (leftOut !== undefined) return 'left';
  if (notCompared !== undefined) return 'unknown';
  if (differences.length > 0) return 'DIFFER';
  return rowsOut === 0 ? 'no rows' : 'equal';
}

/** Words left, numbers right. */
function line(cells: readonly string[]): string {
  return WIDTHS.map((width, index) => {
    const cell = cells[index] ?? '';
    return index === 0 || index === WIDTHS.length - 1 ? cell.padEnd(width) : cell.padStart(width);
  })
    .join('  ')
    .trimEnd();
}
