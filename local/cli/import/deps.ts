import type { Clock } from '@tributary/functions/shared/clock';
import type { Log } from '@tributary/functions/shared/log';
import type { Warehouse } from '@tributary/functions/warehouse/warehouse';

/** What every importer works with. */
export interface ImportDeps {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly log?: Log;
  /** Name of the dataset that the importers write; "raw" unless told. */
  readonly rawDataset?: string;
}

/** What every importer answers. */
export interface ImportResult {
  /** Rows that stand in the raw table because of this file. */
  readonly rowCount: number;
  /** Records that were kept aside in raw.bad_events with their reason. */
  readonly keptAsideCount: number;
  /** True where the very same file was imported before: nothing was loaded now. */
  readonly isRepeated: boolean;
}
