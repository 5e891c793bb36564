import { createEventSink } from '@tributary/functions/collection/event-sink';
import { createLog } from '@tributary/functions/shared/log';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import { createMemoryWarehouse } from '../../../support/memory-warehouse';

const log = createLog({ level: 'silent' });
const row = (id: string): Row => ({
  event_id: id,
  event_name: 'page_view',
  site_id: 'shop',
  source: 'web',
  occurred_at: '2026-11-21T12:00:00Z',
  received_at: '2026-11-21T12:00:00Z',
});

describe('createEventSink', () => {
  it('puts the requests that wait into one load', async () => {
    const warehouse = createMemoryWarehouse();
    const sink = createEventSink(warehouse, log);
    const ids = Array.from({ length: 50 }, (_, index) => `e${index}`);
    await Promise.all(ids.map((id) => sink.write({ events: [row(id)], badEvents: [] })));
    expect(warehouse.rows('events').map(({ event_id }) => event_id)).toEqual(ids);
    // The first went at once, the others together.
    expect(warehouse.jobIds).toHaveLength(2);
  });

  it('fails the request that the warehouse refuses, not its neighbours', async () => {
    const warehouse = createMemoryWarehouse();
    const sink = createEventSink(warehouse, log);
    const poison = { ...row('poison'), no_such_column: 1 };
    const results = await Promise.allSettled(
      [row('a'), row('b'), poison, row('c')].map((event) =>
        sink.write({ events: [event], badEvents: [] }),
      ),
    );
    const states = results.map(({ status }) => status);
    expect(states).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(warehouse.rows('events').map(({ event_id }) => event_id)).toEqual(['a', 'b', 'c']);
  });
});
