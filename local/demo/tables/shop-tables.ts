import type { ColumnTable } from './columns';
import type { SimulatedTruth } from './truth-tables';

/** The demo shop in columns: dataset raw, and what is true behind it. */
export interface ShopTables {
  /** As raw.events; `consent_bits` stands for the struct consent. */
  readonly events: ColumnTable;
  /** As raw.orders, without items; `order_row` joins them. */
  readonly orders: ColumnTable;
  readonly orderItems: ColumnTable;
  readonly crmCustomers: ColumnTable;
  readonly adCosts: ColumnTable;
  readonly adClicks: ColumnTable;
  readonly exchangeRates: ColumnTable;
  readonly truth: Readonly<Record<SimulatedTruth, ColumnTable>>;
}
