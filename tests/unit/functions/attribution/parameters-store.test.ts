import { createWarehouseParametersStore } from '@tributary/functions/attribution/parameters-store';
import { toStoredRow } from '@tributary/functions/attribution/stored-parameters';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import { simpleParameters } from './support';

const rowOf = (version: string): Row =>
  toStoredRow({
    ...simpleParameters,
    conversion_type: 'first_order',
    model_version: version,
    trained_at: '2026-11-21T12:00:00.000Z',
  });

function createStore(rows: Row[]) {
  const asked: string[] = [];
  let now = 0;
  const warehouse = {
    async query<T extends Row>(sql: string) {
      asked.push(sql);
      return rows as T[];
    },
  };
  const store = createWarehouseParametersStore({ warehouse, clock: () => new Date(now) });
  return { store, asked, wait: (ms: number) => (now += ms) };
}

describe('createWarehouseParametersStore', () => {
  it('remembers parameters for a minute', async () => {
    const rows = [rowOf('ihc-1')];
    const { store, asked, wait } = createStore(rows);
    expect((await store.find('first_order'))?.model_version).toBe('ihc-1');
    rows[0] = rowOf('ihc-2');
    wait(59_000);
    expect((await store.find('first_order'))?.model_version).toBe('ihc-1');
    wait(1_000);
    expect((await store.find('first_order'))?.model_version).toBe('ihc-2');
    expect(asked).toHaveLength(2);
  });

  it('asks again for what was not there', async () => {
    const rows: Row[] = [];
    const { store } = createStore(rows);
    expect(await store.find('first_order')).toBeUndefined();
    rows.push(rowOf('ihc-1'));
    expect((await store.find('first_order'))?.model_version).toBe('ihc-1');
  });

  it('refuses stored parameters that are broken, and says where they are', async () => {
    const { store } = createStore([{ ...rowOf('ihc-1'), closer_curve: [] }]);
    await expect(store.find('first_order')).rejects.toThrow(
      /^raw\.ihc_parameters, conversion type first_order, holds no usable IHC parameters/,
    );
  });

  it('lists the known types', async () => {
    const { store } = createStore([{ conversion_type: 'a' }, { conversion_type: 'b' }]);
    expect(await store.conversionTypes()).toEqual(['a', 'b']);
  });
});
