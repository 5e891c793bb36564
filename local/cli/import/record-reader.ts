import { UserError } from '@tributary/functions/shared/errors';
import { parseNumeric } from '@tributary/functions/shared/numeric';
import { isDate, parseTimestamp } from '@tributary/functions/shared/time';
import type { FileRecord, RecordFile } from './read-records';

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/**
 * Reads typed values from one record; every refusal names file, line and column, shows the value
 * and says how to write it.
 */
export class RecordReader {
  constructor(
    private readonly file: string,
    private readonly unit: RecordFile['unit'],
    readonly record: FileRecord,
  ) {
    if (record.problem !== undefined) {
      throw new UserError(`${this.place} ${record.problem}; correct the file and import it again.`);
    }
  }

  get place(): string {
    return `${this.file}, ${this.unit} ${this.record.line}`;
  }

  optionalText(column: string): string | null {
    const value = this.record.values[column];
    if (value === null || value === undefined) return null;
    if (typeof value === 'object') throw this.refuse(column, 'is no single value', 'give a text');
    const text = String(value).trim();
    return text === '' ? null : text;
  }

  text(column: string): string {
    const text = this.optionalText(column);
    if (text !== null) return text;
    throw this.refuse(column, 'is empty', 'give every record a value');
  }

  /** A code of ISO 4217, in the column currency or currency_code; `otherwise` where there is neither. */
  currency(otherwise: string): string {
    const column = 'currency_code' in this.record.values ? 'currency_code' : 'currency';
    const code = this.optionalText(column) ?? otherwise;
    if (currencies.has(code.toUpperCase())) return code.toUpperCase();
    throw this.refuse(column, 'is no currency', 'write its ISO 4217 code, such as EUR');
  }

  optionalNumeric(column: string): string | null {
    const text = this.optionalText(column);
    if (text === null) return null;
    const numeric = parseNumeric(text);
    if (numeric !== undefined) return numeric;
    throw this.refuse(column, 'is no number', 'write it as 1234.56, without grouping');
  }

  numeric(column: string): string {
    this.text(column);
    return this.optionalNumeric(column) as string;
  }

  optionalInteger(column: string): number | null {
    const numeric = this.optionalNumeric(column);
    if (numeric === null) return null;
    const number = Number(numeric);
    if (Number.isSafeInteger(number)) return number;
    throw this.refuse(column, 'is no whole number', 'write it as 1234');
  }

  /** A whole number from 0. */
  optionalCount(column: string): number | null {
    const count = this.optionalInteger(column);
    if (count === null || count >= 0) return count;
    throw this.refuse(column, 'is below 0', 'a count is 0 or more');
  }

  /** 0 or 1; true and false are taken too. */
  flag(column: string): 0 | 1 {
    const text = this.text(column).toLowerCase();
    if (['0', 'false', '0.0'].includes(text)) return 0;
    if (['1', 'true', '1.0'].includes(text)) return 1;
    throw this.refuse(column, 'is neither 0 nor 1', 'write 0 or 1');
  }

  timestamp(column: string): string {
    const time = parseTimestamp(this.text(column), { assumeUtc: true });
    if (time !== undefined) return time.toISOString();
    const how = 'write it as YYYY-MM-DD HH:MM:SS, with +ZZZZ where it is not UTC';
    throw this.refuse(column, 'is no time', how);
  }

  date(column: string): string {
    const text = this.text(column);
    const day = /^(\S{10})(?:[T ]00:00:00.*)?$/.exec(text)?.[1] ?? text;
    if (isDate(day)) return day;
    throw this.refuse(column, 'is no date', 'write it as YYYY-MM-DD');
  }

  refuse(column: string, problem: string, mend: string): UserError {
    const value = this.record.values[column];
    const isShown = value !== null && value !== undefined && value !== '';
    const shown = isShown ? ` ("${String(value).slice(0, 60)}")` : '';
    return new UserError(`${this.place}, column ${column} ${problem}${shown}: ${mend}.`);
  }
}

/** @throws UserError where the file's header lacks a column */
export function requireColumns(
  file: string,
  columns: readonly string[] | undefined,
  required: readonly string[],
): void {
  if (columns === undefined) return;
  const missing = required.filter((name) => !columns.includes(name));
  if (missing.length === 0) return;
  const what = missing.length === 1 ? 'a column' : 'columns';
  throw new UserError(
    `${file} lacks ${what} that it needs (${missing.join(', ')}): it has ${columns.join(', ')}.`,
  );
}
