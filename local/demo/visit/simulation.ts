import type { DemoOptions } from '../options';
import { AddressBook } from '../shop/addresses';
import type { ClickBook } from '../shop/clicks';
import { ClickTable } from '../tables/click-table';
import { CrmTable } from '../tables/crm-table';
import { EventTable } from '../tables/event-table';
import { OrderTable } from '../tables/order-table';
import { Truth } from '../tables/truth-builders';

/** The site of the demo shop, as settings.js knows it. */
export const siteId = 'shop';

/** Where the persons of one part of the shop leave their traces. */
export interface Simulation {
  readonly options: DemoOptions;
  readonly events: EventTable;
  readonly orders: OrderTable;
  readonly crm: CrmTable;
  readonly truth: Truth;
  readonly addresses: AddressBook;
  readonly clicks: ClickBook;
  readonly adClicks: ClickTable;
}

/** Empty tables; the clicks are handed on from part to part, since costs are made of all of them. */
export function newSimulation(options: DemoOptions, clicks: ClickBook): Simulation {
  return {
    options,
    events: new EventTable(siteId),
    orders: new OrderTable(),
    crm: new CrmTable(),
    truth: new Truth(siteId),
    addresses: new AddressBook(options.seed),
    clicks,
    adClicks: new ClickTable(),
  };
}
