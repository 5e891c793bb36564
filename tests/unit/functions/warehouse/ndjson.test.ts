import { existsSync, readFileSync } from 'node:fs';
import { createNdjsonFile } from '@tributary/functions/warehouse/ndjson';

describe('createNdjsonFile', () => {
  it('writes more rows than its buffer holds, in order, and removes the file', async () => {
    const file = await createNdjsonFile();
    for (let index = 0; index < 5000; index += 1) {
      await file.write({ index, text: 'line\nbreak' });
    }
    await file.close();
    const lines = readFileSync(file.path, 'utf8').trimEnd().split('\n');
    expect(file.rowCount).toBe(5000);
    expect(lines.map((line) => JSON.parse(line).index)).toEqual([...lines.keys()]);
    await file.remove();
    await file.remove();
    expect(existsSync(file.path)).toBe(false);
  });
});
