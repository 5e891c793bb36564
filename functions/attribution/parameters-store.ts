import type { Clock } from '../shared/clock';
import type { Row, Warehouse } from '../warehouse/warehouse';
import { type IhcParameters, parseParameters } from './ihc/parameters';
import { fromStoredRow, type StoredParameters } from './stored-parameters';

/** Where trained parameters are found, by conversion type. */
export interface ParametersStore {
  /** The parameters trained last for this type; undefined where there are none. */
  find(conversionType: string): Promise<IhcParameters | undefined>;
  /** The types that have parameters, sorted. */
  conversionTypes(): Promise<readonly string[]>;
}

export interface WarehouseParametersStoreDeps {
  readonly warehouse: Pick<Warehouse, 'query'>;
  readonly clock: Clock;
  /** 'raw' unless told. */
  readonly rawDataset?: string;
  /** How long an answer is reused; a minute unless told. */
  readonly maxAgeMs?: number;
}

/** Reads raw.ihc_parameters, and remembers for a moment: callers send many requests a second. */
export function createWarehouseParametersStore(
  deps: WarehouseParametersStoreDeps,
): ParametersStore {
  const { warehouse, clock, rawDataset = 'raw', maxAgeMs = 60_000 } = deps;
  const table = `\`${rawDataset}\`.ihc_parameters`;
  const cache = new Map<string, { readonly at: number; readonly found: IhcParameters }>();

  return {
    async find(conversionType) {
      const now = clock().getTime();
      const cached = cache.get(conversionType);
      if (cached !== undefined && now - cached.at < maxAgeMs) return cached.found;
      const rows = await warehouse.query<StoredParameters>(
        `SELECT conversion_type, model_version, trained_at, phase_weights, reset_gap_hours, initializer_curve, closer_curve, channel_weights FROM ${table} WHERE conversion_type = @conversion_type ORDER BY trained_at DESC, model_version DESC LIMIT 1`,
        { params: { conversion_type: conversionType } },
      );
      const row = rows[0];
      // What is not there is asked again: it may be trained at any moment.
      if (row === undefined) return undefined;
      const found = parseParameters(
        fromStoredRow(row),
        `${rawDataset}.ihc_parameters, conversion type ${conversionType},`,
      );
      cache.set(conversionType, { at: now, found });
      return found;
    },
    async conversionTypes() {
      const rows = await warehouse.query<Row & { conversion_type: string }>(
        `SELECT DISTINCT conversion_type FROM ${table} ORDER BY conversion_type`,
      );
      return rows.map((row) => row.conversion_type);
    },
  };
}
