import { exportFile } from '@tributary/local/bigquery/jobs/export-data';

test('gs:// is the exports folder, and * the number of the part', () => {
  expect(exportFile('/w/exports', 'gs://bucket/a/b-*.parquet')).toBe(
    '/w/exports/bucket/a/b-000000000000.parquet',
  );
});

test.each(['gs://bucket/../../../etc/x', 'gs://../x', '/etc/passwd', 'gs://b/*/*', 's3://b/x'])(
  '%s is refused',
  (uri) => {
    expect(() => exportFile('/w/exports', uri)).toThrow('is no URI to export to');
  },
);
