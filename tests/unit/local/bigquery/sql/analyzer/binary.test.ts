import { locateAnalyzer } from '@tributary/local/bigquery/sql/analyzer/binary';
import { BigQueryError } from '@tributary/local/bigquery/sql/errors';

test('a machine without a build gets one sentence that says what still works', () => {
  expect(() => locateAnalyzer('win32', 'x64')).toThrow(BigQueryError);
  expect(() => locateAnalyzer('win32', 'x64')).toThrow(
    /no build for win32 on x64.*Linux with glibc and on macOS.*--cloud/,
  );
});
