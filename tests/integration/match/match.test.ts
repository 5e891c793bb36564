import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMatchSettings } from '@tributary/functions/identity/settings';
import { type MatchFileOptions, matchFile } from '@tributary/local/cli/match/match-file';
import { summaryText } from '@tributary/local/cli/match/summary-text';
import type { Progress } from '@tributary/local/cli/progress';
import { findProject } from '@tributary/local/cli/project';
import { readRows } from './score';

// Each run starts an analyzer and a warehouse; minutes on a machine that is busy.
jest.setTimeout(300_000);

let folder: string;
const said: string[] = [];
const progress: Progress = {
  step: (_, work) => work(() => {}),
  note: (text) => said.push(text),
  warn: (text) => said.push(text),
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-match-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  said.length = 0;
});

function write(name: string, content: string | Buffer): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function match(
  inputs: readonly string[],
  settings: object = {},
  more: Partial<MatchFileOptions> = {},
) {
  const out = join(folder, 'out.csv');
  const summary = await matchFile({
    project: findProject(),
    inputs,
    settings: parseMatchSettings(settings, 's.json'),
    out,
    pairs: undefined,
    progress,
    ...more,
  });
  return { summary, rows: more.explain ? [] : readRows(out) };
}

const GIVEN = [
  'anna',
  'bruno',
  'carla',
  'david',
  'elena',
  'felix',
  'greta',
  'hugo',
  'irene',
  'jonas',
];
const LAST = [
  'adler',
  'brandt',
  'conrad',
  'dietz',
  'ebert',
  'falk',
  'graf',
  'hahn',
  'jung',
  'kurz',
];

/** 100 persons with three records each, one of them with a slip in its surname. */
const persons = Array.from({ length: 100 }, (_, at) => {
  const born = `${1950 + ((at * 7) % 50)}-${String(1 + (at % 12)).padStart(2, '0')}-${String(1 + ((at * 5) % 28)).padStart(2, '0')}`;
  const [given = '', last = ''] = [GIVEN[at % 10], LAST[Math.floor(at / 10)]];
  return [last, last, `${last.slice(0, 2)}x${last.slice(2)}`].map((surname, copy) => ({
    id: `${at}-${copy}`,
    first_name: given,
    surname,
    dob: born,
  }));
}).flat();
const csv = (rows: readonly object[]): string =>
  `${Object.keys(rows[0] ?? {}).join(',')}\n${rows.map((row) => Object.values(row).join(',')).join('\n')}\n`;

test('an empty column, a constant one and a placeholder of a thousand records change nothing', async () => {
  const file = write(
    'placeholders.csv',
    csv([
      ...persons.map((row) => ({ ...row, email: 'noreply@shop.example', phone: '', state: 'nsw' })),
      ...Array.from({ length: 900 }, (_, at) => ({
        id: `x${at}`,
        first_name: '',
        surname: '',
        dob: '',
        email: 'kein.name@shop.example',
        phone: '',
        state: 'nsw',
      })),
    ]),
  );
  const { rows, summary } = await match([file]);
  const clusters = new Map(rows.map(({ id = '', cluster_id = '' }) => [id, cluster_id]));
  for (const { id } of persons) expect(clusters.get(id)).toBe(`${id.split('-')[0]}-0`);
  // Nothing but an address that 900 records share makes nobody one person.
  expect(rows.filter(({ id, cluster_id }) => id?.startsWith('x') && id !== cluster_id)).toEqual([]);
  expect(said).toContain('phone is empty; it says nothing.');
  expect(said).toContain('state has the same value in all records; it says nothing.');
  expect(summaryText(summary)).toContain('1,200 records are 1,000 persons');
});

test('copies of one record are one person, however many', async () => {
  const same = (count: number) =>
    csv(
      Array.from({ length: count }, (_, id) => ({
        id,
        first_name: 'anna',
        surname: 'adler',
        dob: '1970-01-01',
      })),
    );
  const few = await match([write('few.csv', same(100))]);
  expect(new Set(few.rows.map(({ cluster_id }) => cluster_id))).toEqual(new Set(['0']));
  const { rows } = await match([write('copies.csv', same(1200))]);
  expect(new Set(rows.map(({ cluster_id }) => cluster_id))).toEqual(new Set(['0']));
  expect(said).toContain('All records are the same in what is compared: they are one person.');
});

test.each([
  ['a given name', { first_name: 'Anna' }, 500],
  ['two records', { first_name: 'Anna' }, 2],
  ['a family at home', { surname: 'Adler', address: 'Lindenstr. 5' }, 1200],
  ['a placeholder', { first_name: 'test', email: 'noreply@shop.example' }, 500],
])('copies that name no person are not one: %s', async (_name, record, count) => {
  const loud = Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, value.toUpperCase()]),
  );
  // Copies are what is the same as it is compared.
  const rows = Array.from({ length: count }, (_, id) => ({ id, ...(id === 1 ? loud : record) }));
  const { summary } = await match([write('untold.csv', csv(rows))]);
  expect(new Set(summary.clusters).size).toBe(count);
  expect(said).toContain(
    'All records are the same in what is compared, and say too little to be one person: none are joined.',
  );
});

test('a value alone makes nobody one person, but for a proof', async () => {
  const alone = (id: string, value: object) =>
    Array.from({ length: 5 }, (_, at) => ({
      id: `${id}${at}`,
      first_name: '',
      surname: '',
      dob: '',
      email: '',
      street: '',
      city: '',
      ...value,
    }));
  const rows = [
    ...persons.map((row, at) => ({
      ...row,
      email: `u${Math.floor(at / 3)}@mail.example.de`,
      street: '',
      city: '',
    })),
    ...alone('born', { dob: '1980-01-01' }),
    ...alone('named', { surname: 'zyxander' }),
    ...alone('home', { street: 'Lindenstr. 5', city: 'Ulm' }),
    // Of a value that two have alone the weight would be enough.
    ...alone('once', { dob: '1955-03-04' }).slice(0, 2),
    ...alone('mail', { email: 'kim@mail.example.de' }),
  ];
  const file = write('alone.csv', csv(rows));
  const { summary } = await match([file]);
  const clusters = [...summary.clusters.slice(persons.length)].map((at) => at - persons.length);
  expect(clusters).toEqual([...Array(17).keys(), 17, 17, 17, 17, 17]);
  expect(said).toContain(
    '17 records say too little to make pairs: one value or a place, and no e-mail, phone or identifier.',
  );
  expect(summary.clusters.slice(0, 6)).toEqual(Int32Array.of(0, 0, 0, 3, 3, 3));
  const { summary: pair } = await match([file], {}, { explain: ['once0', 'once1'] });
  expect(pair.verdict).toBe('Two clusters: too little is known of once0 and once1 to make pairs.');
});

test('dates are read as their column writes them', async () => {
  const american = persons.map((row) => {
    const [year = '', month, day] = row.dob.split('-');
    return { ...row, dob: `${Number(month)}/${Number(day)}/${year.slice(2)}` };
  });
  const names = [
    'Jan',
    'Feb',
    'Mar',
    'Apr',
    'May',
    'Jun',
    'Jul',
    'Aug',
    'Sep',
    'Oct',
    'Nov',
    'Dec',
  ];
  // Each person once more, with the name of the month.
  const named = persons
    .filter((_, at) => at % 3 === 0)
    .map((row) => {
      const [year, month, day] = row.dob.split('-');
      return { ...row, id: `${row.id}n`, dob: `${day} ${names[Number(month) - 1]} ${year}` };
    });
  const { rows } = await match([write('dates.csv', csv([...american, ...named]))]);
  expect(said).toContain(
    'dob is read as month before day, as most of its values that leave no doubt.',
  );
  for (const { id = '', cluster_id } of rows) expect(cluster_id).toBe(`${id.split('-')[0]}-0`);
});

test('two files may write their dates in two orders', async () => {
  const written = (name: string, form: (year: string, month: number, day: number) => string) =>
    write(
      name,
      csv(
        persons.map((row) => {
          const [year = '', month, day] = row.dob.split('-');
          return { ...row, dob: form(year, Number(month), Number(day)) };
        }),
      ),
    );
  const german = written('german.csv', (year, month, day) => `${day}.${month}.${year}`);
  const american = written(
    'american.csv',
    (year, month, day) => `${month}/${day}/${year.slice(2)}`,
  );
  const ids = ['1:1-0', '2:1-0'] as const;
  const { summary } = await match([german, american], {}, { explain: ids });
  expect(said).toContain(
    `dob of ${american} is read as month before day, as most of its values that leave no doubt.`,
  );
  const born = summary.explanation?.steps.find(({ name }) => name === 'dob');
  expect([born?.left, born?.right, born?.level]).toEqual(['19570206', '19570206', 'exact']);
  expect(new Set(summary.clusters).size).toBe(100);
});

test('a rule that would make a billion pairs is refused with their number, before it runs', async () => {
  const rows = Array.from({ length: 50_000 }, (_, at) => `${at},${LAST[at % 10]},nsw`);
  const file = write('constant.csv', `id,surname,state\n${rows.join('\n')}\n`);
  await expect(match([file], { blocking: ['state'] })).rejects.toThrow(
    'The blocking rule "state" would make 1,249,975,000 pairs, more than max_pairs (50,000,000): add a column to it',
  );
  await expect(match([write('few.csv', csv(persons))], { max_pairs: 10 })).rejects.toThrow(
    'No default blocking rule makes pairs, or not more than can be afforded (4)',
  );
});

test('missing and repeated ids are one sentence', async () => {
  const missing = write('missing.csv', 'id,surname\n1,adler\n,falk\n3,graf\n');
  await expect(match([missing])).rejects.toThrow('1 record has no id, first record 2: give each');
  const repeated = write('repeated.csv', 'id,surname\n1,adler\n1,falk\n2,a\n2,b\n');
  await expect(match([repeated])).rejects.toThrow(
    'the id "1" stands in 2 records and 1 more ids are repeated: give each its own',
  );
});

test('a second file without records and a state without ids are refused', async () => {
  const file = write('some.csv', csv(persons));
  const compare = { compare: 'between_files' };
  const none = write('header.csv', 'id,first_name,surname,dob\n');
  await expect(match([file, none], compare)).rejects.toThrow('All records are of one file');
  const nameless = write('nameless.csv', 'surname,dob\nadler,1990-01-01\nfalk,1991-01-01\n');
  const state = join(folder, 'state');
  await expect(match([nameless], {}, { state })).rejects.toThrow('--state needs ids');
  const rowid = write('rowid.csv', 'id,RowID,surname\n1,2,adler\n2,3,falk\n');
  await expect(match([rowid])).rejects.toThrow("a column can't be named rowid");
});

test('mixed encodings are read line by line, and said', async () => {
  const text = csv(persons);
  const file = write(
    'mixed.csv',
    Buffer.concat([
      Buffer.from(text),
      Buffer.from('j-1,j\xf6rg,m\xfcller,1999-01-02\n', 'latin1'),
      Buffer.from('j-2,jörg,müller,1999-01-02\n'),
    ]),
  );
  const { rows } = await match([file]);
  expect(said).toContain(`${file}: 1 line is not UTF-8 and read as Windows-1252.`);
  expect(rows.find(({ id }) => id === 'j-2')?.cluster_id).toBe('j-1');
});

test('two files, each person once in each: pairs across files alone', async () => {
  const crm = write('crm.csv', csv(persons.filter((_, at) => at % 3 === 0)));
  const shop = write('shop.csv', csv(persons.filter((_, at) => at % 3 === 2)));
  const pairs = join(folder, 'pairs.ndjson');
  const { rows } = await match([crm, shop], { compare: 'between_files' }, { pairs });
  expect(rows).toHaveLength(200);
  for (const { id = '', cluster_id } of rows) expect(cluster_id).toBe(`1:${id.split('-')[0]}-0`);
  const [pair] = readFileSync(pairs, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(Object.keys(pair)).toEqual([
    'id_left',
    'id_right',
    'match_weight',
    'match_probability',
    'weight_given_name',
    'weight_surname',
    'weight_date_of_birth',
  ]);
});

test('a login joins what differs and parts what agrees; a pair is explained', async () => {
  const file = write(
    'logins.csv',
    csv(
      persons.map((row, at) => ({
        ...row,
        login: at < 2 ? `l${at}` : at === 5 || at === 8 ? 'same' : '',
      })),
    ),
  );
  const columns = {
    first_name: 'given_name',
    surname: 'surname',
    dob: 'date_of_birth',
    login: 'unique_id',
  };
  const { rows } = await match([file], { id: 'id', columns });
  const clusters = rows.map(({ cluster_id }) => cluster_id);
  expect(clusters[0]).not.toBe(clusters[1]);
  expect(clusters[5]).toBe(clusters[8]);
  // What people write who have no login joins nobody; what very many share is told.
  const none = persons.map((row, at) => ({ ...row, login: ['N/A', 'null', 'house'][at % 3] }));
  const shared = await match([write('none.csv', csv(none))], { id: 'id', columns });
  const houses = shared.rows.filter((_, at) => at % 3 === 2).map(({ cluster_id }) => cluster_id);
  expect(new Set(houses).size).toBe(1);
  expect(new Set(shared.rows.map(({ cluster_id }) => cluster_id)).size).toBeGreaterThan(90);
  expect(said).toContain('login "house" makes 100 records one person; empty it if it is none\'s.');
  const { summary } = await match([file], { id: 'id', columns }, { explain: ['7-0', '7-2'] });
  const { steps = [], probability = 0, weight = 0 } = summary.explanation ?? {};
  expect(steps.map(({ name, level, left, right }) => [name, level, left, right])).toEqual([
    ['prior', '', null, null],
    ['first_name', 'exact', 'hugo', 'hugo'],
    ['surname', 'one_letter', 'adler', 'adxler'],
    ['dob', 'exact', '19990808', '19990808'],
  ]);
  expect(steps.reduce((sum, step) => sum + step.weight, 0)).toBeCloseTo(weight, 9);
  expect(probability).toBeGreaterThan(0.9);
  expect(summary.verdict).toBe('One cluster, by this pair.');
  const verdictOf = async (one: string, other: string) =>
    (await match([file], { id: 'id', columns }, { explain: [one, other] })).summary.verdict;
  expect(await verdictOf('0-0', '0-1')).toBe('Two clusters: they differ in login.');
  expect(await verdictOf('1-0', '2-0')).toBe('One cluster, through 1-2, 2-2.');
  // An id that nobody has is told before anything is compared.
  const begun: string[] = [];
  const counting: Progress = {
    ...progress,
    step: (name, work) => {
      begun.push(name);
      return work(() => {});
    },
  };
  await expect(
    match([file], { id: 'id', columns }, { explain: ['7-0', 'x'], progress: counting }),
  ).rejects.toThrow('No record has the id "x": give two ids of the input.');
  expect(begun).toEqual(['Reading and cleansing']);
});

test('where both have a value, an explanation does not call it missing', async () => {
  const mails = ['anna.adler12@web.test', 'anna.adler47@web.test', ''];
  const file = write(
    'namesakes.csv',
    csv(persons.map((row, at) => ({ ...row, email: mails[at] ?? `${row.id}@post.test` }))),
  );
  const levelOf = async (one: string, other: string) => {
    const { summary } = await match([file], {}, { explain: [one, other] });
    return summary.explanation?.steps.find(({ name }) => name === 'email')?.level;
  };
  expect(await levelOf('0-0', '0-1')).toBe('says_nothing');
  expect(await levelOf('0-0', '0-2')).toBe('missing');
});
