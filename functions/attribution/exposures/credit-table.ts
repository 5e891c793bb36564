import { DOUBLE, DuckDBDataChunk } from '@duckdb/node-api';
import { sqlString } from '../files/journeys-source';
import type { ModelCredits } from '../models/model-journeys';
import type { Exposures } from './open-exposures';
import type { TypedJourneys } from './typed-journeys';

/** What stands in each of a model's rows. */
export interface CreditedModel {
  readonly model: string;
  readonly modelVersion: string;
}

/** Rows of a DuckDB vector. */
const BLOCK = 2048;

/** What a table in DuckDB holds: touches that converted, and their shares by each of these models. */
interface WrittenCredits {
  readonly table: string;
  readonly models: readonly CreditedModel[];
}

/**
 * Credits of models beside the exported touches, on their way back into the warehouse. A touch is one
 * row with a column a model until it is written.
 */
export class CreditTable {
  private readonly written: WrittenCredits[] = [];
  private typed: TypedJourneys | undefined;
  private readonly models: CreditedModel[] = [];
  private readonly shares: Float64Array[] = [];

  constructor(private readonly exposures: Exposures) {}

  /** Adds the credits of the journeys that converted. All models of a type come one after another. */
  async add(model: CreditedModel, typed: TypedJourneys, credits: ModelCredits): Promise<void> {
    if (typed !== this.typed) await this.flush();
    this.typed = typed;
    this.models.push(model);
    this.shares.push(credits.credit);
  }

  /** Writes the columns of raw.model_credits. */
  async writeParquet(file: string): Promise<void> {
    await this.flush();
    const rows = this.written.map(({ table, models }) => {
      const credits = models.map(
        ({ model, modelVersion }, index) =>
          `{model: ${sqlString(model)}, model_version: ${sqlString(modelVersion)}, credit_share: share_${index}}`,
      );
      return `SELECT touch_row, unnest([${credits.join(', ')}]) AS credit FROM ${table}`;
    });
    const none = `SELECT -1 AS touch_row, {model: '', model_version: '', credit_share: 0::DOUBLE} AS credit WHERE FALSE`;
    await this.exposures.connection.run(
      `COPY (
        SELECT credit.model, credit.model_version, exposures.conversion_type,
          exposures.journey_id AS conversion_id, exposures.journey_ended_at AS converted_at,
          exposures.session_id, credit.credit_share
        FROM (${[none, ...rows].join(' UNION ALL ')}) AS credits
        JOIN exposures ON exposures.rowid = credits.touch_row::BIGINT
      ) TO ${sqlString(file)} (FORMAT parquet)`,
    );
  }

  /** Hands what was added of one type to DuckDB. */
  private async flush(): Promise<void> {
    const { typed, models, shares } = this;
    if (typed === undefined) return;
    const table = `credits_${this.written.length}`;
    this.written.push({ table, models: [...models] });
    const names = ['touch_row', ...models.map((_, index) => `share_${index}`)];
    const columns = [typed.touchRow, ...shares];
    await this.exposures.connection.run(
      `CREATE TABLE ${table} (${names.map((name) => `${name} DOUBLE`).join(', ')})`,
    );
    const touches = convertedTouches(typed);
    const appender = await this.exposures.connection.createAppender(table);
    for (let from = 0; from < touches.length; from += BLOCK) {
      const block = touches.subarray(from, from + BLOCK);
      const chunk = DuckDBDataChunk.create(
        columns.map(() => DOUBLE),
        block.length,
      );
      columns.forEach((column, index) => {
        const values: number[] = [];
        for (const touch of block) values.push(column[touch] as number);
        chunk.setColumnValues(index, values);
      });
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
    this.typed = undefined;
    models.length = 0;
    shares.length = 0;
  }
}

function convertedTouches({ journeys }: TypedJourneys): Uint32Array {
  const { journeyCount, offsets, conversions, touchCount } = journeys;
  const touches = new Uint32Array(touchCount);
  let count = 0;
  for (let journey = 0; journey < journeyCount; journey += 1) {
    if (conversions[journey] === 0) continue;
    const to = offsets[journey + 1] as number;
    for (let touch = offsets[journey] as number; touch < to; touch += 1) {
      touches[count] = touch;
      count += 1;
    }
  }
  return touches.subarray(0, count);
}
