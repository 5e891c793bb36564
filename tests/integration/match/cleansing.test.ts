import {
  type InputColumn,
  loadMatchIncludes,
  type MatchIncludes,
} from '@tributary/local/cli/match/includes';
import {
  type MatchWarehouse,
  openMatchWarehouse,
} from '@tributary/local/cli/match/match-warehouse';
import { findProject } from '@tributary/local/cli/project';

jest.setTimeout(120_000);

let warehouse: MatchWarehouse;
let includes: MatchIncludes;
beforeAll(async () => {
  const project = findProject();
  includes = loadMatchIncludes(project.dir);
  warehouse = await openMatchWarehouse(project);
});
afterAll(() => warehouse.close());

/** The features that a column's values become. */
async function cleanse(
  kind: string,
  values: readonly (string | null)[],
  features: string[],
  order?: InputColumn['date_order'],
) {
  const rows = values.map((value, at) => {
    const text = value === null ? 'CAST(NULL AS STRING)' : JSON.stringify(value);
    return `SELECT ${at} AS record_no, 0 AS source, ${text} AS ${kind}`;
  });
  const recipe = includes.recipe([
    { column: kind, kind, pivot_year: 2026, ...(order && { date_order: order }) },
  ]);
  const query = includes.queries.cleansed(recipe, `(${rows.join(' UNION ALL ')})`);
  const found = await warehouse.query(`SELECT * FROM (${query}) ORDER BY record_no`);
  return found.map((row) => features.map((feature) => row[feature] ?? null));
}

const cases: readonly [string, string[], readonly (readonly (string | null)[])[]][] = [
  [
    'email',
    ['email', 'email_user'],
    [
      ['Max.Muster+shop@GMail.com', 'maxmuster@gmail.com', 'max.muster+shop'],
      ['max.muster@googlemail.com', 'maxmuster@gmail.com', 'max.muster'],
      ['x+y@web.de', 'x@web.de', 'x+y'],
      [' mailto:<Anna@Web.de> ', 'anna@web.de', 'anna'],
      ['noreply@shop.de', null, null],
      ['someone@example.com', null, 'someone'],
      ['idlewrs.cocm', 'idlewrs.cocm', null],
      ['Анна@Почта.рф', 'анна@почта.рф', 'анна'],
      [null, null, null],
    ],
  ],
  [
    'phone',
    ['phone'],
    [
      ['+49 (0)171 1234567', '711234567'],
      ['0171/1234567', '711234567'],
      ['0049 171 123 45 67', '711234567'],
      ['000000', null],
      ['n/a', null],
    ],
  ],
  [
    'date_of_birth',
    ['date_of_birth'],
    [
      ['1971-06-24', '19710624'],
      ['1971/6/4', '19710604'],
      ['24.06.1971', '19710624'],
      ['6/24/1971', '19710624'],
      ['4/6/1971', '19710604'],
      ['19710624', '19710624'],
      ['1971-06-24T00:00:00Z', '19710624'],
      ['1971', '1971'],
      ['3/4/87', '19870403'],
      ['87-04-03', '19870403'],
      ['24.06.71', '19710624'],
      ['6/24/71', '19710624'],
      ['3.4.05', '20050403'],
      ['3.4.26', '20260403'],
      // Nobody is born in the future.
      ['3.4.27', '19270403'],
      ['29-APR-29', '19290429'],
      ['3 Apr 1987', '19870403'],
      ['April 3rd, 1987', '19870403'],
      ['03-APR-87', '19870403'],
      ['3. März 1987', '19870303'],
      ['1er août 1987', '19870801'],
      ['3 mei 1987', '19870503'],
      ['3 de agosto de 1987', '19870803'],
      ['1987 Dec 3', '19871203'],
      ['Jun 24 1971 12:00AM', '19710624'],
      ['1971年6月24日', '19710624'],
      ['April 1987', '198704'],
      ['04/1987', '198704'],
      ['1971-24-06', '19712406'],
      ['1971062', '1971062'],
      // What can't be read is missing, so that it speaks against nobody.
      ['3/4', null],
      ['31871', null],
      ['870403', null],
      ['45/67/89', null],
      ['3 Brumaire 87', null],
      ['0000-00-00', null],
      ['unknown', null],
    ],
  ],
  [
    'full_name',
    ['given_name', 'surname'],
    [
      ['Clifford, Sir Thomas', 'thomas', 'clifford'],
      ['Dr. Anna Maria Schmidt Jr.', 'anna', 'schmidt'],
      ['José Müller', 'jose', 'muller'],
      ["Seán O'Brien", 'sean', 'brien'],
      ['Ødegård', 'odegard', null],
      ['Анна Ёлкина', 'анна', 'елкина'],
      ['ΓΙΏΡΓΟΣ Παπαδόπουλος', 'γιωργοσ', 'παπαδοπουλοσ'],
      ['مُحَمَّد علي', 'محمد', 'علي'],
      ['राम कुमार', 'राम', 'कुमार'],
      ['山田 太郎', '山田', '太郎'],
      ['王伟', '王伟', null],
      ['N/A', null, null],
    ],
  ],
  [
    'surname',
    ['surname'],
    [
      ['de la Cruz', 'delacruz'],
      ["O'Brien", 'obrien'],
      ['Weiß', 'weiss'],
      ['-', null],
      ['unbekannt', null],
    ],
  ],
  [
    'address',
    ['address'],
    [
      ['Stanley Street', 'stanley'],
      ['STANLEY ST.', 'stanley'],
      ['Kastanienstraße 5', 'kastanien 5'],
      ['Kastanienstr. 5', 'kastanien 5'],
      ['Kastanien-Str. 5', 'kastanien 5'],
      ['Street', 'street'],
      ['5 Lindenstr.', 'linden 5'],
      ['12b High Street', 'high 12b'],
      ['улица Ленина, 5', 'улица ленина 5'],
    ],
  ],
  [
    'postcode',
    ['postcode', 'postcode_area'],
    [
      ['TQ13 8DF', 'tq138df', 'tq13'],
      ['10115', '10115', '101'],
      ['none', null, null],
    ],
  ],
];

test.each(cases)('%s', async (kind, features, rows) => {
  const found = await cleanse(
    kind,
    rows.map(([value = null]) => value),
    features,
  );
  expect(found.map((values, at) => [rows[at]?.[0], ...values])).toEqual(rows);
});

test.each([
  [
    'mdy',
    ['3/4/1987', '3/4/87', '24/06/71', '1987-04-03'],
    ['19870304', '19870304', '19710624', '19870403'],
  ],
  ['ymd', ['03/04/05', '3/4/1987', '87-04-03'], ['20030405', '19870403', '19870403']],
] as const)('dates of a column that writes %s', async (order, dates, expected) => {
  const found = await cleanse('date_of_birth', dates, ['date_of_birth'], order);
  expect(found.flat()).toEqual(expected);
});

test('a year of two digits is missing where nobody says which year it is', async () => {
  const recipe = includes.recipe([{ column: 'date_of_birth', kind: 'date_of_birth' }]);
  const dates = ['24/06/71', '24 Jun 71', '24/06/1971'];
  const rows = rowsOf(dates.map((date_of_birth) => ({ date_of_birth })));
  const query = includes.queries.cleansed(recipe, `(${rows})`);
  const found = await warehouse.query(`SELECT * FROM (${query}) ORDER BY record_no`);
  expect(found.map((row) => row.date_of_birth)).toEqual([null, null, '19710624']);
});

/** Rows of a table, as the input of a recipe. */
const rowsOf = (rows: readonly Readonly<Record<string, string | null>>[]): string =>
  rows
    .map((row, at) => {
      const values = Object.entries(row).map(
        ([name, value]) =>
          `${value === null ? 'CAST(NULL AS STRING)' : JSON.stringify(value)} AS ${name}`,
      );
      return `SELECT ${at + 1} AS record_no, 0 AS source, ${values.join(', ')}`;
    })
    .join(' UNION ALL ');

test('phones by the country of their row, else by the default one', async () => {
  const recipe = includes.recipe([
    { column: 'phone', kind: 'phone', country: { column: 'country', default: 'DE' } },
    { column: 'country', kind: 'country' },
  ]);
  const cases: [string | null, string | null, string | null, string | null][] = [
    ['0171 1234567', null, '+491711234567', '711234567'],
    ['+49 (0)171 1234567', 'France', '+491711234567', '711234567'],
    ['0171 / 123 45 67', 'Deutschland', '+491711234567', '711234567'],
    ['06 12 34 56 78', 'FRA', '+33612345678', '612345678'],
    ['(212) 755-0123', 'us', '+12127550123', '127550123'],
    ['020 7946 0958 ext. 12', 'United Kingdom', '+442079460958', '079460958'],
    // Too long for France, and of a country that nobody knows: the last digits are left.
    ['0171 1234567 8', 'FR', '112345678', '112345678'],
    ['0171 1234567', 'Atlantis', '711234567', '711234567'],
    ['000000', 'DE', null, null],
    [null, 'DE', null, null],
  ];
  const input = rowsOf(cases.map(([phone, country]) => ({ phone, country })));
  const found = await warehouse.query(
    `SELECT * FROM (${includes.queries.cleansed(recipe, `(${input})`)}) ORDER BY record_no`,
  );
  expect(
    found.map(({ phone, phone_ending }, at) => [
      ...(cases[at] ?? []).slice(0, 2),
      phone,
      phone_ending,
    ]),
  ).toEqual(cases);
});

/** The level of one column of two records. */
async function levelOf(column: InputColumn, values: readonly [string, string]): Promise<string> {
  const recipe = includes.recipe([column]);
  const input = await warehouse.create(
    'input',
    rowsOf(values.map((value) => ({ [column.column]: value }))),
  );
  const records = await warehouse.create('records', includes.queries.records(recipe, input));
  const [row] = await warehouse.query(
    includes.queries.comparedPairs(
      recipe,
      'SELECT 1 AS left_no, 2 AS right_no, 0 AS rules',
      records,
      {
        across_sources: false,
      },
    ),
  );
  const level = Number(row?.[`level_${column.column}`]);
  return recipe.comparisons[0]?.levels[level]?.name ?? 'else';
}

test.each([
  ['Flat 5b, 12 High Street', '12 High St #5B', 'exact'],
  ['5/12 High Street', '12 High St Apt. 5', 'exact'],
  ['7/5 Lindenstr', 'Lindenstr. 5, Apt 7', 'exact'],
  ['Lindenstraße 5, Whg. 7', 'Flat 7, 5 Lindenstr.', 'exact'],
  ['Lindenstr. 5-7', 'Lindenstr. 5', 'prefix'],
  ['12 High Street', '12 high st.', 'exact'],
  ['Flat 5, 12 High Street', '12 High Street', 'unit_missing'],
  ['Flat 5, 12 High Street', '12 High Street, Flat 6', 'other_unit'],
  ['Flat 5, 12 High Street', '13 High Street, Flat 6', 'one_letter'],
  ['Flat 5', 'Flat 6', 'one_letter'],
])('flats: %s and %s agree by %s', async (left, right, level) => {
  expect(
    await levelOf({ column: 'address', kind: 'address', has_units: true }, [left, right]),
  ).toBe(level);
});

test.each([
  ['0171 1234567', '+49 171 1234567', 'exact'],
  ['+33 711 234 567', '+49 171 1234567', 'same_ending'],
  ['0171 1234567', '0171 1234576', '2_letters'],
  ['0171 1234567', '0170 7654321', 'else'],
])('phones: %s and %s agree by %s', async (left, right, level) => {
  const column = { column: 'phone', kind: 'phone', country: { default: 'DE' } };
  expect(await levelOf(column, [left, right])).toBe(level);
});

const NAMES_AND_BIRTH = ['given_name', 'surname', 'date_of_birth'];

/** The levels of two persons. */
async function levelsOf(left: readonly string[], right: readonly string[], kinds: string[]) {
  const recipe = includes.recipe(kinds.map((kind) => ({ column: kind, kind })));
  const rows = [left, right].map((values) =>
    Object.fromEntries(kinds.map((kind, at) => [kind, values[at] ?? null])),
  );
  const input = await warehouse.create('input', rowsOf(rows));
  const records = await warehouse.create('records', includes.queries.records(recipe, input));
  const pair = 'SELECT 1 AS left_no, 2 AS right_no, 0 AS rules';
  const options = { across_sources: false };
  const [row] = await warehouse.query(
    includes.queries.comparedPairs(recipe, pair, records, options),
  );
  return recipe.comparisons.map(({ name, levels }) => {
    const level = Number(row?.[`level_${name}`]);
    return level < 0 ? 'missing' : (levels[level]?.name ?? 'else');
  });
}

test.each([
  [
    ['Anna', 'Adler', '1971-06-24'],
    ['anna', 'ADLER', '24.6.1971'],
    ['exact', 'exact', 'exact'],
  ],
  [
    ['Bob', 'Adler', '1971-06-24'],
    ['Robert', 'Adlre', '1971-06-25'],
    ['nickname', 'faint', 'one_digit'],
  ],
  [
    ['Adler', 'Anna', '1971-06-24'],
    ['Anna', 'Adlr', '1971-24-06'],
    ['swapped', 'missing', 'one_digit'],
  ],
  [
    ['R', 'Adler', '1971-06-24'],
    ['Robert', 'Brandt', '1981-07-02'],
    ['prefix', 'else', 'near_in_another_year'],
  ],
  // One name is the other's other name: one fact, that the given name says.
  [
    ['Anna', 'Adler', '1971-06-24'],
    ['Otto', 'Anna', '1940-01-09'],
    ['elsewhere', 'missing', 'else'],
  ],
  // It is said before that the given names are alike.
  [
    ['Marten', 'Schulz', '1971-06-24'],
    ['Martin', 'Marten', '1940-01-09'],
    ['one_letter', 'else', 'else'],
  ],
  [
    ['Anna', 'Adler', '1971-06-24'],
    ['Adler', '', '1971-06-09'],
    ['elsewhere', 'missing', 'two_parts'],
  ],
  [
    ['Anna', 'Adler', '1971-06-24'],
    ['Otto', 'Brandt', '1940-01-09'],
    ['else', 'else', 'else'],
  ],
])('%j and %j agree by %j', async (left, right, expected) => {
  expect(await levelsOf(left, right, NAMES_AND_BIRTH)).toEqual(expected);
});

test.each([
  [['Anna', 'Adler', 'anna.adler12@web.de'], ['Anna', 'Adler', 'anna.adler47@web.de'], 'missing'],
  [['Anna', 'Adler', 'anna.adler@web.de'], ['Anna', 'Adler', 'anna.adler1990@web.de'], 'missing'],
  [['Anna', 'Adler', 'anna.adler12@web.de'], ['Anna', 'Adler', 'ana.adler12@web.de'], '2_letters'],
  [['Anna', 'Adler', 'anna.adler12@web.de'], ['Anna', 'Adler', 'anna.adler12@web.de'], 'exact'],
  [
    ['Anna', 'Adler', 'anna.adler12@web.de'],
    ['Anne', 'Brandt', 'anna.adler47@web.de'],
    '2_letters',
  ],
])(
  'namesakes and their numbers: the e-mail addresses of %j and %j say %s',
  async (left, right, level) => {
    const [, , email] = await levelsOf(left, right, ['given_name', 'surname', 'email']);
    expect(email).toBe(level);
  },
);
