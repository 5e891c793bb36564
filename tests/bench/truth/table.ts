const NAME_WIDTH = 23;
const CELL_WIDTH = 7;

/** Half the sum of distances between two lists of shares (total variation distance), 0 to 1. */
export function shareError(given: ArrayLike<number>, truth: ArrayLike<number>): number {
  const sum = (values: ArrayLike<number>) =>
    Array.from(values).reduce((total, value) => total + value, 0);
  const givenSum = sum(given) || 1;
  const truthSum = sum(truth) || 1;
  return (
    Array.from(truth).reduce(
      (total, value, index) => total + Math.abs(value / truthSum - (given[index] ?? 0) / givenSum),
      0,
    ) / 2
  );
}

/** Mean errors of models (rows) in cells (columns). */
export class Table {
  private readonly rows = new Map<string, Map<string, number[]>>();
  private readonly notes = new Map<string, string[]>();

  constructor(
    private readonly title: string,
    private readonly cells: readonly string[],
  ) {}

  add(model: string, cell: string, error: number): void {
    const row = this.rows.get(model) ?? new Map<string, number[]>();
    this.rows.set(model, row);
    row.set(cell, [...(row.get(cell) ?? []), error]);
  }

  /** Something to say under a cell, once a world. */
  note(cell: string, text: string): void {
    this.notes.set(cell, [...(this.notes.get(cell) ?? []), text]);
  }

  /**
   * The table as text. Rows that are not open models carry a mark in each cell: `*` below all
   * open models, `!` above the best of them: there we lose. `-`: the model refused.
   */
  text(open: readonly string[]): string {
    const best = this.cells.map((cell) =>
      Math.min(
        ...open.map((model) => this.mean(model, cell)).filter((mean) => !Number.isNaN(mean)),
      ),
    );
    const lines = [
      this.title.padEnd(NAME_WIDTH),
      ''.padEnd(NAME_WIDTH) + this.cells.map((cell) => `${cell} `.padStart(CELL_WIDTH)).join(''),
    ];
    for (const model of this.rows.keys()) {
      const isOpen = open.includes(model);
      const values = this.cells.map((cell, index) => {
        const mean = this.mean(model, cell);
        if (Number.isNaN(mean)) return '- '.padStart(CELL_WIDTH);
        const mark = mean < (best[index] as number) ? '*' : '!';
        return `${mean.toFixed(3)}${isOpen ? ' ' : mark}`.padStart(CELL_WIDTH);
      });
      lines.push(model.padEnd(NAME_WIDTH) + values.join(''));
    }
    for (const [cell, texts] of this.notes) {
      lines.push(`  ${cell.padEnd(4)} chosen: ${texts.join(', ')}`);
    }
    return `${lines.join('\n')}\n`;
  }

  /** NaN where there is no answer. */
  private mean(model: string, cell: string): number {
    const errors = this.rows.get(model)?.get(cell) ?? [];
    return errors.reduce((sum, error) => sum + error, 0) / errors.length;
  }
}
