import { UserError } from '@tributary/functions/shared/errors';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import type { RecordReader } from './record-reader';

interface Seen {
  readonly line: number;
  readonly conversionType: string;
  conversionLine: number | undefined;
  revenue:
    | { readonly amount: string; readonly currency: string; readonly line: number }
    | undefined;
}

/** What must hold between the rows of a file of journeys. */
export class JourneyChecks {
  private readonly sessions = new Map<string, number>();
  private readonly conversions = new Map<string, Seen>();

  get conversionCount(): number {
    return this.conversions.size;
  }

  /** @throws UserError where the row contradicts an earlier one */
  add(row: Row, reader: RecordReader): void {
    const { line } = reader.record;
    const conversionId = String(row.conversion_id);
    const key = JSON.stringify([conversionId, row.session_id]);
    const twin = this.sessions.get(key);
    if (twin !== undefined) {
      throw new UserError(
        `${reader.place} repeats the session ${String(row.session_id)} of conversion ${conversionId} (line ${twin}): keep one of the two.`,
      );
    }
    this.sessions.set(key, line);
    const seen = this.conversions.get(conversionId) ?? {
      line,
      conversionType: String(row.conversion_type),
      conversionLine: undefined,
      revenue: undefined,
    };
    this.conversions.set(conversionId, seen);
    this.checkConversion(seen, row, reader);
    this.checkRevenue(seen, row, reader);
  }

  private checkConversion(seen: Seen, row: Row, reader: RecordReader): void {
    if (seen.conversionType !== row.conversion_type) {
      throw reader.refuse(
        'conversion_type',
        `differs from line ${seen.line} of the same conversion`,
        'give a conversion one type',
      );
    }
    if (row.is_conversion !== true) return;
    if (seen.conversionLine !== undefined) {
      const problem = `is 1 a second time for this conversion (first in line ${seen.conversionLine})`;
      throw reader.refuse('conversion', problem, 'mark the converting session alone');
    }
    seen.conversionLine = reader.record.line;
  }

  /** Revenue may stand on each row of a conversion or on some: but it is one amount. */
  private checkRevenue(seen: Seen, row: Row, reader: RecordReader): void {
    if (typeof row.revenue_amount !== 'string' || row.revenue_amount === '0') return;
    const { line } = reader.record;
    const revenue = { amount: row.revenue_amount, currency: String(row.currency_code), line };
    seen.revenue ??= revenue;
    if (seen.revenue.amount === revenue.amount && seen.revenue.currency === revenue.currency)
      return;
    throw reader.refuse(
      'revenue',
      `differs from line ${seen.revenue.line} of the same conversion`,
      'give a conversion one revenue',
    );
  }
}
