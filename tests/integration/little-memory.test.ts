import { gzipSync } from 'node:zlib';
import { type LocalClient, openLocalClient } from '../support/local-client';

jest.setTimeout(60_000);

let local: LocalClient;
beforeAll(async () => {
  local = await openLocalClient(() => ({ memoryLimitMegabytes: 512, threads: 2 }));
});
afterAll(() => local?.close());

const long = 'x'.repeat(40 * 1024 * 1024);

describe('512 MB are enough to load', () => {
  test.each([
    ['a line of CSV', 'CSV', 'a\n', 1],
    ['a compressed line', 'CSV', gzipSync('a\n'), 1],
    ['a line longer than the reader expects by itself, the last one', 'CSV', `a\n${long}`, 2],
    ['more CSV than one read', 'CSV', 'some text\n'.repeat(4_000_000), 4_000_000],
    ['a line of JSON', 'NEWLINE_DELIMITED_JSON', '{"text":"a"}\n', 1],
    ['a long line of JSON', 'NEWLINE_DELIMITED_JSON', `{"text":"${long}"}`, 1],
  ])('%s', async (_, sourceFormat, content, rowCount) => {
    const table = local.client.dataset(await local.newDataset()).table('t');
    const schema = { fields: [{ name: 'text', type: 'STRING' }] };
    await table.load(local.file('rows', content), { sourceFormat, schema });
    expect((await table.getMetadata())[0].numRows).toBe(String(rowCount));
  });
});
