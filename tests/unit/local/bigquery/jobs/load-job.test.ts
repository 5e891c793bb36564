import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadFiles } from '@tributary/local/bigquery/jobs/load-job';
import { createDataset } from '@tributary/local/bigquery/storage/dataset-changes';
import { knownSizes } from '@tributary/local/bigquery/storage/known-sizes';
import { Storage } from '@tributary/local/bigquery/storage/storage';

test('a load notes how many rows its table has, whether it makes, fills or replaces it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-load-'));
  const storage = await Storage.open({ warehouseDir: join(folder, 'w') });
  const path = { project: 'p', dataset: 'd', table: 't' };
  const times = { createdAt: 0, modifiedAt: 0 };
  const file = join(storage.folder.uploads, 'rows');
  writeFileSync(file, 'a\nb\n');
  await storage.write((session) => createDataset(session, { ...times, path, location: '' }));
  const counts: unknown[] = [];
  for (const writeDisposition of ['WRITE_EMPTY', 'WRITE_APPEND', 'WRITE_TRUNCATE'] as const) {
    const configuration = {
      destinationTable: { projectId: 'p', datasetId: 'd', tableId: 't' },
      sourceFormat: 'CSV' as const,
      schema: { fields: [{ name: 'text', type: 'STRING' }] },
      writeDisposition,
    };
    await storage.write((session) => loadFiles(session, [file], configuration, 7));
    const entry = storage.catalog.find(path);
    counts.push([entry?.modifiedAt, entry && knownSizes(entry).rowCount]);
  }
  await storage.close();
  rmSync(folder, { recursive: true });
  expect(counts).toEqual([
    [7, 2],
    [7, 4],
    [7, 2],
  ]);
});
