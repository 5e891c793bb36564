import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { importAccessLog } from '@tributary/local/cli/import/access-log';
import { createMemoryWarehouse } from '../../../../support/memory-warehouse';
import { temporaryFolder } from '../../../../support/temporary-folder';

const clock = () => new Date('2026-11-21T12:00:00Z');
const realFile = join(__dirname, '../../../../../../shared/data/access_log/access.log');
const itOnRealFile = existsSync(realFile) ? it : it.skip;

const agent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/31.0';
const line = (
  request: string,
  options: { status?: number; referrer?: string; time?: string } = {},
) =>
  `203.0.113.7 - - [${options.time ?? '17/May/2015:10:05:03 +0200'}] "${request}" ${options.status ?? 200} 512 "${options.referrer ?? '-'}" "${agent}"`;

const LOG = 'access.log';
const folder = temporaryFolder();

async function importLines(lines: readonly string[], warehouse = createMemoryWarehouse()) {
  const file = await folder.write(LOG, `${lines.join('\n')}\n`);
  const result = await importAccessLog({ file, siteId: 'shop', warehouse, clock });
  return { result, warehouse };
}

describe('importAccessLog', () => {
  itOnRealFile('makes each of the 10,000 real lines an event or a kept-aside row', async () => {
    const warehouse = createMemoryWarehouse();
    const result = await importAccessLog({
      file: realFile,
      siteId: 'semicomplete',
      warehouse,
      clock,
    });
    expect(result).toMatchObject({ lineCount: 10000, rowCount: 9999, keptAsideCount: 1 });
    expect(result.host).toBe('www.semicomplete.com');
    expect(warehouse.rows('events')).toHaveLength(9999);
    expect(new Set(warehouse.rows('events').map((row) => row.event_id)).size).toBe(9999);
    expect(warehouse.rows('bad_events')).toMatchObject([
      { source: 'access_log', site_id: 'semicomplete', path: 'line 8899' },
    ]);
    expect(warehouse.rows('bad_events')[0]?.reason).toMatch(/user agent is not closed by a quote/);
  });

  it('turns a line into an event whose addresses are hashed', async () => {
    const { warehouse } = await importLines([
      line('GET /shoes?utm_source=x HTTP/1.1', { referrer: 'https://www.google.de/' }),
    ]);
    const [event] = warehouse.rows('events');
    expect(event).toMatchObject({
      event_name: 'page_view',
      source: 'access_log',
      occurred_at: '2015-05-17T08:05:03.000Z',
      received_at: '2026-11-21T12:00:00.000Z',
      page_url: 'https://shop/shoes?utm_source=x',
      page_referrer: 'https://www.google.de/',
      user_agent: agent,
      properties: {
        method: 'GET',
        status: 200,
        bytes: 512,
        protocol: 'HTTP/1.1',
        request_kind: 'page',
      },
    });
    expect(JSON.stringify(event)).not.toContain('203.0.113');
  });

  it.each([
    ['GET /style.css?v=2 HTTP/1.1', 200, 'asset_request', 'asset'],
    ['GET /favicon.ico HTTP/1.1', 404, 'asset_request', 'asset'],
    ['GET /robots.txt HTTP/1.1', 200, 'asset_request', 'robots'],
    ['GET /?flav=rss20 HTTP/1.1', 200, 'asset_request', 'feed'],
    ['HEAD / HTTP/1.1', 200, 'asset_request', 'probe'],
    ['GET /old HTTP/1.1', 301, 'asset_request', 'redirect'],
    ['GET /kept HTTP/1.1', 304, 'page_view', 'page'],
    ['GET /gone HTTP/1.1', 404, 'page_view', 'page'],
    ['GET /manual.pdf HTTP/1.1', 200, 'page_view', 'download'],
    ['GET /projects/xdotool/xdotool.xhtml HTTP/1.0', 200, 'page_view', 'page'],
  ])('reads %s with status %i as %s', async (request, status, name, kind) => {
    const { warehouse } = await importLines([line(request, { status })]);
    expect(warehouse.rows('events')).toMatchObject([
      { event_name: name, properties: { request_kind: kind } },
    ]);
  });

  it('keeps malformed lines aside, each with what is wrong', async () => {
    const good = line('GET / HTTP/1.1');
    const { result, warehouse } = await importLines([
      good,
      'nonsense',
      line('GET / HTTP/1.1', { time: '31/Feb/2015:10:05:03 +0000' }),
      line('GET / HTTP/1.1', { time: '17/May/2035:10:05:03 +0000' }),
      line('GET / HTTP/1.1', { time: '17/May/1999:10:05:03 +0000' }),
      line('\\x16\\x03'),
      '203.0.113.7 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 512',
      '203.0.113.7 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" abc 512 "-" "-"',
      good.slice(0, -1),
    ]);
    expect(result).toMatchObject({ lineCount: 9, rowCount: 1, keptAsideCount: 8 });
    const bad = warehouse.rows('bad_events').map((row) => [row.path, row.reason]);
    expect(bad).toEqual([
      ['line 2', expect.stringMatching(/does not begin with address/)],
      ['line 3', expect.stringMatching(/time is none.*31\/Feb/)],
      ['line 4', expect.stringMatching(/future/)],
      ['line 5', expect.stringMatching(/before the year 2000/)],
      ['line 6', expect.stringMatching(/request is none/)],
      ['line 7', expect.stringMatching(/before the referrer/)],
      ['line 8', expect.stringMatching(/no numbers/)],
      ['line 9', expect.stringMatching(/cut off/)],
    ]);
    expect(JSON.stringify(warehouse.rows('bad_events'))).not.toContain('203.0.113');
  });

  it('loads nothing the second time', async () => {
    const lines = [line('GET / HTTP/1.1'), 'nonsense'];
    const { warehouse } = await importLines(lines);
    const { result } = await importLines(lines, warehouse);
    expect(result).toMatchObject({ isRepeated: true, rowCount: 1, keptAsideCount: 1 });
    expect(warehouse.rows('events')).toHaveLength(1);
    expect(warehouse.rows('bad_events')).toHaveLength(1);
  });

  it('gives the lines of a grown log the ids they had', async () => {
    const lines = [line('GET / HTTP/1.1'), line('GET / HTTP/1.1'), 'nonsense'];
    const { warehouse } = await importLines(lines);
    const before = warehouse.rows('events').map((row) => row.event_id);
    expect(new Set(before).size).toBe(2);
    await importLines([...lines, line('GET /new HTTP/1.1')], warehouse);
    const ids = warehouse.rows('events').map((row) => row.event_id);
    expect(new Set(ids).size).toBe(3);
    expect(ids.slice(2, 4)).toEqual(before);
    expect(warehouse.rows('bad_events')).toHaveLength(1);
  });

  it('finds the host among the referrers, or takes the one it is told', async () => {
    const lines = ['http://shop.example/', 'http://shop.example/', 'http://m.shop.example/a'];
    const { result } = await importLines(
      lines.map((referrer, index) => line(`GET /${index} HTTP/1.1`, { referrer })),
    );
    expect(result.host).toBe('shop.example');
    const told = await importAccessLog({
      file: folder.path(LOG),
      siteId: 'shop',
      host: 'told.example',
      warehouse: createMemoryWarehouse(),
      clock,
    });
    expect(told.host).toBe('told.example');
  });

  it('unpacks a gzipped log', async () => {
    const packed = await folder.write('access.log.gz', gzipSync(`${line('GET / HTTP/1.1')}\n`));
    const warehouse = createMemoryWarehouse();
    await importAccessLog({ file: packed, siteId: 'shop', warehouse, clock });
    expect(warehouse.rows('events')).toHaveLength(1);
  });

  it.each([
    ['a file that is no log', 'a,b\n1,2\n', /is no access log: none of its 2 lines/],
    ['an empty file', '', /is empty/],
  ])('refuses %s with one sentence', async (_, content, message) => {
    const file = await folder.write(LOG, content);
    const warehouse = createMemoryWarehouse();
    const run = importAccessLog({ file, siteId: 'shop', warehouse, clock });
    await expect(run).rejects.toThrow(message);
    expect(warehouse.rows('bad_events')).toHaveLength(0);
  });

  it('refuses a missing file, a damaged archive and an impossible site id', async () => {
    const options = { siteId: 'shop', warehouse: createMemoryWarehouse(), clock };
    await expect(importAccessLog({ ...options, file: folder.path(LOG) })).rejects.toThrow(
      /check that the file exists/,
    );
    const packed = await folder.write(
      'access.log.gz',
      gzipSync(line('GET / HTTP/1.1').repeat(50)).subarray(0, 60),
    );
    await expect(importAccessLog({ ...options, file: packed })).rejects.toThrow(/damaged/);
    const run = importAccessLog({ ...options, file: folder.path(LOG), siteId: 'my shop' });
    await expect(run).rejects.toThrow(/site id "my shop" can't be used/);
  });

  it('leaves nothing half-written behind when a load fails, and can be tried again', async () => {
    const warehouse = createMemoryWarehouse();
    warehouse.failLoads(new Error('no disk'));
    const lines = [line('GET / HTTP/1.1')];
    await expect(importLines(lines, warehouse)).rejects.toThrow('no disk');
    warehouse.failLoads(undefined);
    const { result } = await importLines(lines, warehouse);
    expect(result.isRepeated).toBe(false);
    expect(warehouse.rows('events')).toHaveLength(1);
  });
});
