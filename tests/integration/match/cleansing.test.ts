import { loadMatchIncludes, type MatchIncludes } from '@tributary/local/cli/match/includes';
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
async function cleanse(kind: string, values: readonly (string | null)[], features: string[]) {
  const rows = values.map((value, at) => {
    const text = value === null ? 'CAST(NULL AS STRING)' : JSON.stringify(value);
    return `SELECT ${at} AS record_no, 0 AS source, ${text} AS ${kind}`;
  });
  const recipe = includes.recipe([{ column: kind, kind }]);
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

const person =
  'SELECT $no AS record_no, 0 AS source, $given AS given_name, $surname AS surname, $born AS date_of_birth';

/** The levels of two persons: given name, surname, date. */
async function levelsOf(left: readonly string[], right: readonly string[]) {
  const recipe = includes.recipe(
    ['given_name', 'surname', 'date_of_birth'].map((kind) => ({ column: kind, kind })),
  );
  const rows = [left, right].map((values, at) =>
    ['$given', '$surname', '$born'].reduce(
      (sql, name, place) => sql.replace(name, JSON.stringify(values[place])),
      person.replace('$no', String(at + 1)),
    ),
  );
  const input = await warehouse.create('input', rows.join(' UNION ALL '));
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
  expect(await levelsOf(left, right)).toEqual(expected);
});
