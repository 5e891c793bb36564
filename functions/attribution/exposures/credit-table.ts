import { DOUBLE, DuckDBDataChunk, INTEGER } from '@duckdb/node-api';
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

/** Credits of models beside the exported touches, on their way back into the warehouse. */
export class CreditTable {
  private readonly models: CreditedModel[] = [];

  private constructor(private readonly exposures: Exposures) {}

  static async create(exposures: Exposures): Promise<CreditTable> {
    await exposures.connection.run(
      'CREATE TABLE credits (touch_row DOUBLE, model_number INTEGER, credit_share DOUBLE)',
    );
    return new CreditTable(exposures);
  }

  /** Adds the credits of the journeys that converted. */
  async add(model: CreditedModel, typed: TypedJourneys, credits: ModelCredits): Promise<void> {
    const { journeys, touchRow } = typed;
    const number = this.models.push(model) - 1;
    const appender = await this.exposures.connection.createAppender('credits');
    let rows: number[] = [];
    let shares: number[] = [];
    const flush = () => {
      if (rows.length === 0) return;
      const chunk = DuckDBDataChunk.create([DOUBLE, INTEGER, DOUBLE], rows.length);
      chunk.setColumnValues(0, rows);
      chunk.setColumnValues(1, new Array<number>(rows.length).fill(number));
      chunk.setColumnValues(2, shares);
      appender.appendDataChunk(chunk);
      rows = [];
      shares = [];
    };
    for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
      if (journeys.conversions[journey] === 0) continue;
      const to = journeys.offsets[journey + 1] as number;
      for (let touch = journeys.offsets[journey] as number; touch < to; touch += 1) {
        rows.push(touchRow[touch] as number);
        shares.push(credits.credit[touch] as number);
        if (rows.length === BLOCK) flush();
      }
    }
    flush();
    appender.closeSync();
  }

  /** Writes the columns of raw.model_credits. */
  async writeParquet(file: string): Promise<void> {
    const models = this.models.map(
      ({ model, modelVersion }, number) =>
        `(${number}, ${sqlString(model)}, ${sqlString(modelVersion)})`,
    );
    const rows = models.length > 0 ? models.join(', ') : "(-1, '', '')";
    await this.exposures.connection.run(
      `COPY (
        SELECT models.model, models.model_version, exposures.conversion_type,
          exposures.journey_id AS conversion_id, exposures.journey_ended_at AS converted_at,
          exposures.session_id, credits.credit_share
        FROM credits
        JOIN (VALUES ${rows}) AS models(model_number, model, model_version) USING (model_number)
        JOIN exposures ON exposures.rowid = credits.touch_row::BIGINT
      ) TO ${sqlString(file)} (FORMAT parquet)`,
    );
  }
}
