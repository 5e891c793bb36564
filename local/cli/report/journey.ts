import { UserError } from '@tributary/functions/shared/errors';
import type { Row, Warehouse } from '@tributary/functions/warehouse/warehouse';

/** A conversion, and what one model gave to the sessions before it. */
export interface Journey {
  readonly conversionId: string;
  readonly conversionType: string;
  readonly convertedAt: Date;
  /** In the base currency. */
  readonly revenue: number;
  readonly model: string;
  readonly modelVersion: string;
  /** Touchpoints of the journey (sessions, earlier conversions), whether or not the model gave them something. */
  readonly touchCount: number;
  /** In order of time; what no session took comes first. */
  readonly touches: readonly Touch[];
}

export interface Touch {
  /** Undefined for the share that no session took. */
  readonly startedAt: Date | undefined;
  readonly channel: string;
  /** Undefined where the sessions were imported without them. */
  readonly pageViews: number | undefined;
  readonly productViews: number | undefined;
  readonly checkoutSteps: number | undefined;
  readonly hoursToConversion: number | undefined;
  /** Shares, 0 to 1. */
  readonly credit: number;
  /** Undefined for models other than IHC. */
  readonly phases:
    | { readonly initializer: number; readonly holder: number; readonly closer: number }
    | undefined;
  readonly revenue: number;
}

const HEADER = `
  SELECT
    conversions.conversion_type,
    conversions.converted_at,
    CAST(conversions.revenue_amount_base AS STRING) AS revenue,
    journeys.touch_count
  FROM conversions
  INNER JOIN journeys ON journeys.conversion_id = conversions.conversion_id
  WHERE conversions.conversion_id = @id
    -- Partitions are by day: this says that all of them are meant.
    AND conversions.conversion_date >= DATE '1970-01-01'
    AND journeys.conversion_date >= DATE '1970-01-01'`;

const TOUCHES = `
  SELECT
    model, model_version, started_at, channel, page_view_count, product_view_count,
    checkout_step_count, hours_to_conversion, initializer, holder, closer,
    CAST(credit AS STRING) AS credit,
    CAST(attributed_revenue_amount_base AS STRING) AS revenue
  FROM rpt_journey_detail
  WHERE conversion_id = @id AND model = @model
  ORDER BY position, session_id`;

/**
 * The journey of a conversion with the credit of a model.
 *
 * @throws UserError where there is no such conversion, or no credit of that model
 */
export async function readJourney(
  warehouse: Warehouse,
  conversionId: string,
  model: string,
): Promise<Journey> {
  const [header] = await warehouse.query(HEADER, { params: { id: conversionId } });
  if (header === undefined) {
    throw new UserError(
      `No conversion has the id ${conversionId}; \`tributary report --conversions\` lists the latest ones.`,
    );
  }
  const rows = await warehouse.query(TOUCHES, { params: { id: conversionId, model } });
  const [first] = rows;
  if (first === undefined) {
    throw new UserError(
      `The model ${model} has given no credit for ${conversionId}; ${await modelsOf(warehouse)}.`,
    );
  }
  return {
    conversionId,
    conversionType: `${header.conversion_type}`,
    convertedAt: timeOf(header.converted_at) as Date,
    revenue: Number(header.revenue),
    model,
    modelVersion: `${first.model_version}`,
    touchCount: Number(header.touch_count),
    touches: rows.map(touchOf),
  };
}

async function modelsOf(warehouse: Warehouse): Promise<string> {
  const rows = await warehouse.query('SELECT DISTINCT model FROM attribution ORDER BY model');
  return rows.length === 0
    ? 'nothing is attributed yet: run `tributary run`'
    : `there are ${rows.map((row) => row.model).join(', ')}`;
}

function touchOf(row: Row): Touch {
  const initializer = numberOf(row.initializer);
  return {
    startedAt: timeOf(row.started_at),
    channel: `${row.channel}`,
    pageViews: numberOf(row.page_view_count),
    productViews: numberOf(row.product_view_count),
    checkoutSteps: numberOf(row.checkout_step_count),
    hoursToConversion: numberOf(row.hours_to_conversion),
    credit: Number(row.credit),
    phases:
      initializer === undefined
        ? undefined
        : { initializer, holder: Number(row.holder), closer: Number(row.closer) },
    revenue: Number(row.revenue),
  };
}

function numberOf(value: Row[string] | undefined): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}

function timeOf(value: Row[string] | undefined): Date | undefined {
  return value === null || value === undefined ? undefined : new Date(`${value}`);
}
