import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMatchSettings } from '@tributary/functions/identity/settings';
import { matchFile } from '@tributary/local/cli/match/match-file';
import { findProject } from '@tributary/local/cli/project';

jest.setTimeout(300_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-flats-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const SURNAMES = ['adler', 'brandt', 'conrad', 'dietz', 'ebert', 'falk', 'graf', 'hahn', 'jung'];

/** Twice 90 persons in 15 houses; the second time as another system writes them. */
const rows = Array.from({ length: 180 }, (_, at) => {
  const person = at % 90;
  const [house, flat] = [Math.floor(person / 6), 1 + (person % 6)];
  const street = `${1 + house} Station Road`;
  const phone = `171 ${1000000 + person * 7919}`;
  return at < 90
    ? `${at},${SURNAMES[person % 9]},"Flat ${flat}, ${street}",0${phone}`
    : `${at},${SURNAMES[person % 9]},"${street} #${flat}",+49 ${phone}`;
});

async function explain(ids: readonly [string, string], settings: object) {
  const file = join(folder, 'customers.csv');
  writeFileSync(file, `id,surname,address,phone\n${rows.join('\n')}\n`);
  const { explanation } = await matchFile({
    project: findProject(),
    inputs: [file],
    settings: parseMatchSettings(settings, 's.json'),
    out: undefined,
    pairs: undefined,
    progress: { step: (_, work) => work(() => {}), note: () => {}, warn: () => {} },
    explain: ids,
  });
  const steps = explanation?.steps ?? [];
  return new Map(steps.map(({ name, level, weight }) => [name, { level, weight }]));
}

test('neighbours agree in less than the address, and phones by their country', async () => {
  const settings = { default_country: 'de' };
  const same = await explain(['0', '90'], settings);
  expect(same.get('address')?.level).toBe('exact');
  expect(same.get('phone')?.level).toBe('exact');
  const neighbours = await explain(['0', '1'], settings);
  expect(neighbours.get('address')?.level).toBe('other_unit');
  expect(neighbours.get('address')?.weight).toBeLessThan(same.get('address')?.weight ?? 0);
});

test('a country whose numbers nobody told us is refused', async () => {
  await expect(explain(['0', '1'], { default_country: 'XX' })).rejects.toThrow(
    '"default_country": numbers of XX are not known; there are AD, AL, AT',
  );
  expect(() => parseMatchSettings({ default_country: 'Germany' }, 's.json')).toThrow(
    's.json: "default_country": must be an ISO code of two letters, such as "DE"',
  );
});
