import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { PathColumnNames } from '@tributary/functions/attribution/paths/header';
import { readPathPieces, readPaths } from '@tributary/functions/attribution/paths/read-paths';
import * as fc from 'fast-check';

const folder = mkdtempSync(join(tmpdir(), 'paths-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(text: string | Buffer, names?: PathColumnNames, file = 'paths.csv') {
  writeFileSync(join(folder, file), text);
  const journeys = await readPaths(join(folder, file), names);
  return {
    paths: Array.from(journeys.conversions, (conversions, journey) => ({
      path: Array.from(
        journeys.channel.subarray(journeys.offsets[journey], journeys.offsets[journey + 1]),
        (code) => journeys.channels[code],
      ),
      conversions,
      nulls: journeys.nulls[journey],
    })),
    values: journeys.values && [...journeys.values],
    touchCount: journeys.touchCount,
  };
}

const HEADER = 'path,total_conversions,total_null';

describe('readPaths', () => {
  it('reads channels, counts and values', async () => {
    const { paths, values, touchCount } = await read(
      'path,total_conversions,total_conversion_value,total_null\nPaid Search > Direct > Paid Search,2,10.25,1\nDirect,0,0,12\n',
    );
    expect(paths).toEqual([
      { path: ['Paid Search', 'Direct', 'Paid Search'], conversions: 2, nulls: 1 },
      { path: ['Direct'], conversions: 0, nulls: 12 },
    ]);
    expect(values).toEqual([10.25, 0]);
    expect(touchCount).toBe(4);
  });

  it('takes columns in any order, others between them, and other names', async () => {
    const text = 'no,lost,"won, all",way\n1,3,2,a > b\n"2, or\nso",0,1,b\n';
    const names = { path: 'way', conversions: 'won, all', nulls: 'lost' };
    const { paths, values } = await read(text, names);
    expect(paths).toEqual([
      { path: ['a', 'b'], conversions: 2, nulls: 3 },
      { path: ['b'], conversions: 1, nulls: 0 },
    ]);
    expect(values).toBeUndefined();
  });

  it('takes quotes, blanks, empty paths, empty lines and the ends of lines of Windows', async () => {
    const { paths } = await read(
      [
        `\uFEFF"path","total_conversions",total_null`,
        '"a, b >c"  ,1,0'.replace('"  ,', '",'),
        '  a, 1 ,"2"',
        '"say ""hi"" > a > say ""hi""",1,0',
        ',3,4',
        '"",5,0',
        '',
        'no"quote>>'.replace('>>', '> a'),
      ]
        .join('\r\n')
        .concat(',1,0'),
    );
    expect(paths).toEqual([
      { path: ['a, b', 'c'], conversions: 1, nulls: 0 },
      { path: ['a'], conversions: 1, nulls: 2 },
      { path: ['say "hi"', 'a', 'say "hi"'], conversions: 1, nulls: 0 },
      { path: [], conversions: 3, nulls: 4 },
      { path: [], conversions: 5, nulls: 0 },
      { path: ['no"quote', 'a'], conversions: 1, nulls: 0 },
    ]);
  });

  it('reads packed files', async () => {
    const text = gzipSync(`${HEADER}\na > b,1,0\n`);
    const { paths } = await read(text, {}, 'paths.csv.gz');
    expect(paths).toEqual([{ path: ['a', 'b'], conversions: 1, nulls: 0 }]);
  });

  it('tells channels apart that begin alike, short or long', async () => {
    const names = [
      'e',
      'eta',
      'etal',
      'Affiliate ABCDE',
      'Affiliate ABCDF',
      'Newsletter',
      'Newsletter A',
      'Newsletter ABCDE',
      'Newsletter ABCDF',
      'Newsletter XBCDE',
      'Paid Search',
      'Paid Search Brand',
      'Paid Search Brand Deutschland',
      'Paid Search Brand Deutschlanf',
      'Paid Social',
      'Направление',
      'Направления',
    ];
    const lines = Array.from({ length: 300 }, (_, at) => {
      const path = [at, at * 7, at * 3 + 1].map((index) => names[index % names.length]);
      return { path, text: `${path.join(at % 2 ? ' > ' : '>')},1,${at}` };
    });
    const { paths } = await read([HEADER, ...lines.map(({ text }) => text)].join('\n'));
    expect(paths.map(({ path }) => path)).toEqual(lines.map(({ path }) => path));
  });

  it('reads what was written, over any pieces of the file', async () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9",:;é漢 _-]{1,20}$/).map((text) => text.trim());
    const line = fc.record({
      path: fc.array(
        name.filter((text) => text !== ''),
        { maxLength: 6 },
      ),
      conversions: fc.oneof(fc.nat(), fc.double({ min: 0, max: 1e9, noNaN: true })),
      nulls: fc.nat(),
      isQuoted: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 40 }), async (lines) => {
        const text = lines.map(({ path, conversions, nulls, isQuoted }) => {
          const joined = path.join(' > ');
          const quoted =
            isQuoted || /[",]/.test(joined) ? `"${joined.replaceAll('"', '""')}"` : joined;
          return `${quoted},${conversions},${nulls}\n`;
        });
        const { paths } = await read(`${HEADER}\n${text.join('')}`);
        expect(paths).toEqual(
          lines.map(({ path, conversions, nulls }) => ({ path, conversions, nulls })),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('reads the same with the loop for usual rows and with the reader for all others', async () => {
    const part = fc.constantFrom(
      'a',
      'b',
      'Paid',
      ' ',
      ' Search',
      'é漢',
      ';',
      '-',
      '0123456789abcdef',
    );
    const name = fc
      .array(part, { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('').trim())
      .filter((text) => text !== '');
    const blanks = fc.constantFrom('', '', ' ', '  ');
    const touch = fc.tuple(blanks, name, blanks).map((texts) => texts.join(''));
    const line = fc.record({
      path: fc.array(touch, { maxLength: 5 }).map((touches) => touches.join('>')),
      counts: fc
        .array(fc.constantFrom('0', '1', '9', '12', '3.25', '1e3', '"4"'), {
          minLength: 2,
          maxLength: 2,
        })
        .map((counts) => counts.join(',')),
      isQuoted: fc.boolean(),
      end: fc.constantFrom('\n', '\n', '\r\n', '\n\n'),
    });
    const mark = fc.constantFrom('', '\uFEFF');
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 60 }),
        mark,
        async (lines, bom) => {
          const rows = lines.map(
            ({ path, counts, isQuoted, end }) => `${isQuoted ? `"${path}"` : path},${counts}${end}`,
          );
          const usual = await read(`${bom}${HEADER}\n${rows.join('')}`);
          // A column that is skipped: then the loop takes no row.
          const other = await read(
            `${bom}no,${HEADER}\n${rows.map((row) => (row.trim() === '' ? row : `7,${row}`)).join('')}`,
          );
          expect(usual).toEqual(other);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('reads rows that lie across the pieces that are read at once', async () => {
    const rows = 60_000;
    const text = Array.from(
      { length: rows },
      (_, at) => `"c${at % 97} > Direct > c${at % 89}",1,0`,
    );
    const { paths, touchCount } = await read(`${HEADER}\n${text.join('\n')}\n`);
    expect(touchCount).toBe(3 * rows);
    expect(paths.at(-1)?.path).toEqual([`c${(rows - 1) % 97}`, 'Direct', `c${(rows - 1) % 89}`]);
    expect(new Set(paths.flatMap(({ path }) => path)).size).toBe(98);
  });

  it('reads one path of 100,000 touches', async () => {
    const touches = Array.from({ length: 100_000 }, (_, at) => `channel ${at % 7}`);
    const { paths } = await read(`${HEADER}\n${touches.join(' > ')},1,0`);
    expect(paths[0]?.path).toEqual(touches);
  });
});

describe('readPathPieces', () => {
  it.each(['paths.csv', 'paths.csv.gz'])('hands on what readPaths reads, from %s', async (name) => {
    const file = join(folder, name);
    // Channels come up to the end, and values here and there.
    const rows = Array.from({ length: 40_000 }, (_, at) => {
      const path = [`c${at % 7}`, `late ${at >> 9}`, 'a, b'].slice(0, at % 4).join(' > ');
      return `"${path}",${at % 3},${at % 3 && at % 11},${at % 5}`;
    });
    const text = `path,total_conversions,total_conversion_value,total_null\n${rows.join('\n')}`;
    writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text);
    const whole = await readPaths(file);
    const touches: number[] = [];
    const counts: unknown[] = [];
    let pieces = 0;
    let channels: readonly string[] = [];
    for await (const piece of readPathPieces(file)) {
      touches.push(...piece.channel);
      for (let journey = 0; journey < piece.journeyCount; journey += 1) {
        const [from, to] = piece.offsets.subarray(journey, journey + 2);
        const [won, value] = [piece.conversions[journey], piece.values?.[journey]];
        counts.push([(to as number) - (from as number), won, value, piece.nulls[journey]]);
      }
      pieces += 1;
      ({ channels } = piece);
    }
    expect(pieces).toBeGreaterThan(3);
    expect(touches).toEqual([...whole.channel]);
    expect(channels).toEqual(whole.channels);
    expect(counts).toEqual(
      Array.from({ length: whole.journeyCount }, (_, journey) => [
        (whole.offsets[journey + 1] as number) - (whole.offsets[journey] as number),
        whole.conversions[journey],
        whole.values?.[journey],
        whole.nulls[journey],
      ]),
    );
  });

  it('refuses a file without paths, and names the line of an error behind the first pieces', async () => {
    const file = join(folder, 'wrong.csv');
    const readAll = async () => {
      for await (const _ of readPathPieces(file));
    };
    writeFileSync(file, `${HEADER}\n`);
    await expect(readAll()).rejects.toThrow(/wrong\.csv has no paths; give one line/);
    writeFileSync(file, `${HEADER}\n${'a > b,1,0\n'.repeat(30_000)}a,b,0\n`);
    await expect(readAll()).rejects.toThrow(/wrong\.csv, line 30002: total_conversions is no/);
  });
});
