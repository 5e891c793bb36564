import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportFile } from '@tributary/local/bigquery/jobs/export-data';

const root = mkdtempSync(join(tmpdir(), 'tributary-export-'));
const exportsDir = join(root, 'exports');
mkdirSync(exportsDir);
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('gs:// is the exports folder, and * the number of the part', () => {
  expect(exportFile(exportsDir, 'gs://bucket/a/b-*.parquet')).toBe(
    `${exportsDir}/bucket/a/b-000000000000.parquet`,
  );
});

test.each(['gs://bucket/../../../etc/x', 'gs://../x', '/etc/passwd', 'gs://b/*/*', 's3://b/x'])(
  '%s is refused',
  (uri) => {
    expect(() => exportFile(exportsDir, uri)).toThrow('is no URI to export to');
  },
);

test('a link that leads out of the exports folder is refused', () => {
  symlinkSync(root, join(exportsDir, 'out'));
  expect(() => exportFile(exportsDir, 'gs://out/x.csv')).toThrow('is no URI to export to');
});
