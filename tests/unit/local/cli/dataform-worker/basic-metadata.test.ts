import { BigQuery } from '@google-cloud/bigquery';
import { askBasicMetadata } from '@tributary/local/cli/dataform-worker/basic-metadata';

test('who asks for a table without saying what, asks for no sizes; other questions stay', () => {
  class Table {
    getMetadata(...args: unknown[]): unknown {
      return [this, ...args];
    }
  }
  askBasicMetadata(Table);
  const table = new Table();
  expect(table.getMetadata()).toEqual([table, { view: 'BASIC' }]);
  expect(table.getMetadata({ view: 'FULL' })).toEqual([table, { view: 'FULL' }]);
  const callback = () => undefined;
  expect(table.getMetadata(callback)).toEqual([table, callback]);
});

test("the tables of dataform's client are asked by a method of their class", () => {
  const table = new BigQuery({ projectId: 'p' }).dataset('d').table('t');
  expect(Object.hasOwn(table, 'getMetadata')).toBe(false);
});
