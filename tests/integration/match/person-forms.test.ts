import {
  type MatchWarehouse,
  openMatchWarehouse,
} from '@tributary/local/cli/match/match-warehouse';
import { findProject } from '@tributary/local/cli/project';
import { mailbox, validEmail } from '../../../includes/mailboxes';
import { countries, e164 } from '../../../includes/phone_numbers';
import {
  cityForm,
  emailForm,
  hashed,
  nameForm,
  phoneForm,
  postcodeForm,
} from '../../../includes/platform_forms';
import { unitNumber } from '../../../includes/street_words';

jest.setTimeout(120_000);

let warehouse: MatchWarehouse;
beforeAll(async () => {
  warehouse = await openMatchWarehouse(findProject());
});
afterAll(() => warehouse.close());

/** Of each row of a and b, what the SQL over them gives. */
async function formsOf(
  sql: string,
  rows: readonly (readonly (string | null)[])[],
): Promise<unknown[]> {
  const literal = (value: string | null | undefined) =>
    value == null ? 'CAST(NULL AS STRING)' : JSON.stringify(value);
  const input = rows.map(
    ([a, b], at) => `SELECT ${at} AS place, ${literal(a)} AS a, ${literal(b)} AS b`,
  );
  const found = await warehouse.query(
    `SELECT ${sql} AS form FROM (${input.join(' UNION ALL ')}) ORDER BY place`,
  );
  return found.map(({ form }) => form ?? null);
}

/** Input in a (and b), and the form that is expected. */
const forms: readonly [string, string, readonly (readonly (string | null)[])[]][] = [
  [
    'an e-mail address that can be one',
    validEmail('a'),
    [
      ['  Anna.Muster@Web.DE ', null, 'anna.muster@web.de'],
      ['<mailto:anna@web.de>', null, null],
      ['mailto:anna@web.de', null, 'anna@web.de'],
      ["o'hara+x@mail.co.uk", null, "o'hara+x@mail.co.uk"],
      ['anna@münchen.de', null, null],
      ['anna@xn--mnchen-3ya.de', null, 'anna@xn--mnchen-3ya.de'],
      ['anna@web', null, null],
      ['anna.@web.de', null, null],
      ['anna..muster@web.de', null, null],
      ['an na@web.de', null, null],
      ['anna@@web.de', null, null],
      ['anna@-web.de', null, null],
      ['', null, null],
      [null, null, null],
    ],
  ],
  [
    'a mailbox by its provider',
    mailbox('a', 'b'),
    [
      ['max.muster+shop@gmail.com', 'max.muster+shop', 'maxmuster@gmail.com'],
      ['m.a.x@googlemail.com', 'm.a.x', 'max@gmail.com'],
      ['max-m_u.s@pm.me', 'max-m_u.s', 'maxmus@proton.me'],
      ['max@me.com', 'max', 'max@icloud.com'],
      ['max.muster+a@outlook.com', 'max.muster+a', 'max.muster@outlook.com'],
      ['max.muster@gmx.de', 'max.muster', 'max.muster@gmx.de'],
      ['+max@web.de', '+max', '+max@web.de'],
    ],
  ],
  [
    'a phone number in E.164',
    e164('a', 'b'),
    [
      ['0171 / 123 45 67', 'DE', '+491711234567'],
      ['+49 (0)171 1234567', null, '+491711234567'],
      ['0049-171-1234567', 'FR', '+491711234567'],
      ['+49 0171 1234567', null, '+491711234567'],
      ['0171 1234567', null, null],
      ['0171 1234567', 'XX', null],
      ['(212) 155-0123', 'US', null],
      ['(212) 755-0123', 'us', '+12127550123'],
      ['1-212-755-0123 ext. 45', 'CA', '+12127550123'],
      ['+1 112 755 0123', null, null],
      ['1-800-FLOWERS', 'US', null],
      ['020 7946 0958', 'GB', '+442079460958'],
      ['+44 (0) 20 7946 0958', null, '+442079460958'],
      ['06 12 34 56 78', 'FR', '+33612345678'],
      ['612 345 678', 'ES', '+34612345678'],
      ['02 1234 5678', 'IT', '+390212345678'],
      ['06 30 123 4567', 'HU', '+36301234567'],
      ['8001', 'DE', null],
      ['+353 86 123 4567', null, '+353861234567'],
      ['+81 3 1234 5678', null, '+81312345678'],
      ['+0 171 1234567', null, null],
      ['n/a', 'DE', null],
    ],
  ],
  [
    'the number of a flat',
    unitNumber('a'),
    [
      ['Flat 5b, 12 High Street', null, '5b'],
      ['12 High St Apt. 5B', null, '5b'],
      ['12 High St #7', null, '7'],
      ['5/12 Stanley Street', null, '5'],
      ['Hauptstr. 3, Whg. Nr. 12', null, '12'],
      ['Calle Mayor 3, piso 4', null, '4'],
      ['Hauptstr. 12/14', null, null],
      ['12 High Street', null, null],
    ],
  ],
  [
    "Google's form of an e-mail address",
    emailForm('google_ads', 'a'),
    [
      ['Jane.Doe+Shopping@googlemail.com', null, 'janedoe@googlemail.com'],
      ['Jane.Doe+Shopping@example.org', null, 'jane.doe+shopping@example.org'],
      ['nobody', null, null],
    ],
  ],
  [
    "Meta's form of an e-mail address",
    emailForm('meta', 'a'),
    [['Jane.Doe+Shopping@Gmail.com', null, 'jane.doe+shopping@gmail.com']],
  ],
  [
    "Google's form of a phone number",
    phoneForm('google_ads', 'a', 'b'),
    [['0171 1234567', 'DE', '+491711234567']],
  ],
  [
    "Meta's form of a phone number",
    phoneForm('meta', 'a', 'b'),
    [['0171 1234567', 'DE', '491711234567']],
  ],
  [
    "Google's form of a surname",
    nameForm('google_ads', 'surname', 'a'),
    [
      [" O'Brien-Müller ", null, 'obrienmüller'],
      ['de  la Cruz', null, 'de la cruz'],
    ],
  ],
  [
    "Google's form of a given name",
    nameForm('google_ads', 'given_name', 'a'),
    [[' Anne-  Marie ', null, 'anne- marie']],
  ],
  [
    "Meta's form of a name",
    nameForm('meta', 'given_name', 'a'),
    [
      ['Valéry', null, 'valéry'],
      ['정', null, '정'],
      ["O'Brien ", null, 'obrien'],
      [' ', null, null],
    ],
  ],
  [
    "Meta's form of a city",
    cityForm('a'),
    [
      ['St. Louis', null, 'stlouis'],
      ['London SW1', null, 'londonsw'],
    ],
  ],
  [
    "Meta's form of a postcode",
    postcodeForm('a', 'b'),
    [
      ['94103-1234', 'US', '94103'],
      ['M1 1AE', 'GB', 'm11ae'],
      ['10115', 'DE', '10115'],
    ],
  ],
];

test.each(forms)('%s', async (_name, sql, rows) => {
  const found = await formsOf(sql, rows);
  expect(rows.map(([a, b], at) => [a, b, found[at]])).toEqual(rows);
});

/** The example of Meta's page on customer information parameters. */
test('hashes are those of the form, in hexadecimal', async () => {
  expect(await formsOf(hashed(emailForm('meta', 'a')), [['John_Smith@gmail.com'], [null]])).toEqual(
    ['62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f', null],
  );
});

test('calling codes tell countries apart: none begins with another', () => {
  const codes = [...new Set(Object.values(countries).map(({ code }) => code))];
  const nested = codes.filter((code) => codes.some((it) => it !== code && code.startsWith(it)));
  expect(nested).toEqual([]);
});
