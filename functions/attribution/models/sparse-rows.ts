/** Rows of a matrix without their zeros: row r has the entries `offsets[r]` to `offsets[r + 1] - 1`. */
export interface SparseRows {
  readonly rowCount: number;
  readonly offsets: Uint32Array;
  /** Rising within a row. */
  readonly columns: Uint32Array;
  readonly values: Float64Array;
}

/** @param dense row by row, `width` columns */
export function sparseRows(dense: Float64Array, width: number): SparseRows {
  const rowCount = dense.length / width;
  let filled = 0;
  for (const value of dense) filled += value === 0 ? 0 : 1;
  const offsets = new Uint32Array(rowCount + 1);
  const columns = new Uint32Array(filled);
  const values = new Float64Array(filled);
  for (let row = 0, at = 0, from = 0; row < rowCount; row += 1) {
    for (let column = 0; column < width; column += 1, from += 1) {
      const value = dense[from] as number;
      if (value !== 0) {
        columns[at] = column;
        values[at] = value;
        at += 1;
      }
    }
    offsets[row + 1] = at;
  }
  return { rowCount, offsets, columns, values };
}

/** A row times the coefficients. */
export function linear(
  { offsets, columns, values }: SparseRows,
  row: number,
  coefficients: Float64Array,
): number {
  const to = offsets[row + 1] as number;
  let sum = 0;
  for (let at = offsets[row] as number; at < to; at += 1) {
    sum += (values[at] as number) * (coefficients[columns[at] as number] as number);
  }
  return sum;
}
