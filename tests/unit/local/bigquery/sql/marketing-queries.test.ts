import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEED } from '../../../../support/draws';
import { addMarketingTables } from './marketing-tables';
import { show } from './semantics';
import type { Rows } from './workbench';
import { Workbench } from './workbench';

/** What marketing teams ask of a warehouse, on 1,000 random rows: both engines answer alike. */
const FOLDER = join(__dirname, 'marketing-queries');

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
  await addMarketingTables(bench, SEED);
});
afterAll(() => bench.close());

test.each(readdirSync(FOLDER))(`%s (seed ${SEED})`, async (file) => {
  const sql = readFileSync(join(FOLDER, file), 'utf8');
  const [got, want] = [await bench.run(sql), await bench.reference(sql)];
  expect(want.rows.length).toBeGreaterThan(0);
  const inOrder = /\bORDER BY[^()]*$/.test(sql);
  expect(textOf(got, inOrder)).toEqual(textOf(want, inOrder));
  expect(got.columns).toEqual(want.columns);
});

function textOf({ columns, rows }: Rows, inOrder: boolean): readonly string[] {
  const texts = rows.map((row) => {
    const cells = row.map((cell, i) => (columns[i]?.type.kind === 'ARRAY' ? (cell ?? []) : cell));
    return cells.map(show).join(' | ');
  });
  return inOrder ? texts : texts.sort();
}
