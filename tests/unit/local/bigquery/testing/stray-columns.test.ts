import type { CompiledProject } from '@tributary/local/bigquery/testing/project';
import type { CaseRow } from '@tributary/local/bigquery/testing/row-files';
import { strayColumns } from '@tributary/local/bigquery/testing/stray-columns';

const none = { preOps: [], postOps: [], incrementalPreOps: [], incrementalPostOps: [] };
const query = 'SELECT order_id, created_at, ordered_at, address_1 FROM orders';
const models = new Map([['daily', { ...none, uniqueKey: [], query }]]);
const project = { models } as unknown as CompiledProject;

const strays = (...files: readonly (readonly CaseRow[])[]) =>
  strayColumns(
    project,
    files.map((rows, index) => ({ file: `${index}.yaml`, rows })),
  );

test('a mistyped column is found, in another file or in another row', () => {
  const stray = { column: 'order_idd', meant: 'order_id' };
  expect(strays([{ order_id: 1 }], [{ order_idd: 1 }])).toEqual([{ ...stray, file: '1.yaml' }]);
  expect(strays([{ order_id: 1 }, { order_idd: 2 }])).toEqual([{ ...stray, file: '0.yaml' }]);
});

test('honest columns are none', () => {
  const right = [{ order_id: 1, address_1: 'a' }];
  expect(strays(right, [{ colour: 'red' }])).toEqual([]); // nothing is near
  expect(strays(right, [{ order_id: 1, order_idx: 2 }])).toEqual([]); // a row has both
  expect(strays(right, [{ order_idx: 1 }], [{ order_idx: 2 }])).toEqual([]); // two files
  expect(strays(right, [{ address_2: 'b' }])).toEqual([]); // a number tells them apart
  expect(strays([{ created_at: 1 }], [{ updated_at: 1 }])).toEqual([]); // three letters
  expect(strays(right, [{ ordered_at: '2026-01-01' }])).toEqual([]); // a model names it
});
