import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createRandom } from './random';
import { misspell } from './slips';

/** Truth that the file keeps beside each record: `person`, which nothing reads but the score. */
export interface PersonsFile {
  readonly file: string;
  /** By record: its person. */
  readonly persons: Int32Array;
}

const ONSETS = 'b bl br c ch d f fl g gr h j k kr l m n p pr r s sch st t tr v w z'.split(' ');
const VOWELS = 'a e i o u ei au ie'.split(' ');
const CODES = 'n r l s t m nd rt ck ng lm st'.split(' ');
const DOMAINS = ['mail.example.de', 'web.test', 'post.test', 'gmail.com', 'firma.test'];

/**
 * Writes a CSV of persons with one record or several, whose repetitions have slips, swapped names
 * and gaps. The same seed writes the same file.
 *
 * @param recordsOf draws how many records a person has
 */
export async function writePersons(
  file: string,
  recordCount: number,
  seed = 1,
  recordsOf: (random: () => number) => number = mostlyOne,
): Promise<PersonsFile> {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  /** Few values are common and most are rare. */
  const common = <T>(list: readonly T[]): T =>
    list[Math.min(list.length - 1, Math.floor(list.length ** random()) - 1)] as T;
  const word = (syllables: number): string =>
    Array.from({ length: syllables }, () => pick(ONSETS) + pick(VOWELS)).join('') + pick(CODES);
  const words = (count: number, syllables: number): string[] => [
    ...new Set(Array.from({ length: count }, () => word(1 + Math.floor(random() * syllables)))),
  ];
  const [givens, surnames] = [words(2_000, 2), words(60_000, 3)];
  const [cities, streets] = [words(3_000, 3), words(20_000, 3)];
  const digits = (count: number): string =>
    String(Math.floor(random() * 10 ** count)).padStart(count, '0');

  const person = () => {
    const [given, surname] = [common(givens), common(surnames)];
    const city = Math.min(cities.length - 1, Math.floor(cities.length ** random()) - 1);
    const day = `${1930 + Math.floor(random() * 78)}-${pick(MONTHS)}-${pick(DAYS)}`;
    const mailbox = random() < 0.5 ? `${given}.${surname}` : `${given[0]}${surname}${digits(2)}`;
    return {
      given,
      surname,
      born: day,
      email: random() < 0.85 ? `${mailbox}${digits(2)}@${pick(DOMAINS)}` : '',
      phone: random() < 0.7 ? `01${digits(9)}` : '',
      street: `${common(streets)}strasse ${1 + Math.floor(random() * 120)}`,
      postcode: String(10_000 + ((city * 29 + Math.floor(random() * 20)) % 89_999)),
      city: cities[city] ?? '',
    };
  };
  const repeated = (first: ReturnType<typeof person>) => {
    const copy = { ...first };
    if (random() < 0.12) copy.given = misspell(copy.given, random);
    if (random() < 0.12) copy.surname = misspell(copy.surname, random);
    if (random() < 0.03) [copy.given, copy.surname] = [copy.surname, copy.given];
    if (random() < 0.08) copy.surname = common(surnames);
    if (random() < 0.1) copy.born = misspell(copy.born, random);
    if (random() < 0.25) copy.email = '';
    else if (random() < 0.1) copy.email = misspell(copy.email, random);
    if (random() < 0.3) copy.phone = random() < 0.5 ? '' : `01${digits(9)}`;
    if (random() < 0.2) {
      copy.street = `${common(streets)}str. ${1 + Math.floor(random() * 120)}`;
      copy.postcode = String(10_000 + Math.floor(random() * 89_999));
      copy.city = common(cities);
    }
    if (random() < 0.1) copy.born = '';
    return copy;
  };

  const stream = createWriteStream(file);
  const persons = new Int32Array(recordCount);
  let lines = 'id,first_name,last_name,date_of_birth,email,phone,street,postcode,city\n';
  let number = 0;
  for (let record = 0; record < recordCount; number += 1) {
    const first = person();
    const copies = recordsOf(random);
    for (let copy = 0; copy < copies && record < recordCount; copy += 1, record += 1) {
      const values = Object.values(copy === 0 ? first : repeated(first));
      persons[record] = number;
      lines += `${record},${values.join(',')}\n`;
    }
    if (lines.length > 1_000_000) {
      if (!stream.write(lines)) await once(stream, 'drain');
      lines = '';
    }
  }
  stream.end(lines);
  await once(stream, 'finish');
  return { file, persons };
}

/** Six in ten have one record, the others two to four. */
const mostlyOne = (random: () => number): number =>
  random() < 0.6 ? 1 : 2 + Math.floor(3 * random() ** 2);

/** Some ten on average, as in a register of twenty years. */
export const aboutTen = (random: () => number): number =>
  1 + Math.floor(-9 * Math.log(1 - random()));

const two = (count: number) =>
  Array.from({ length: count }, (_, at) => String(at + 1).padStart(2, '0'));
const MONTHS = two(12);
const DAYS = two(28);
