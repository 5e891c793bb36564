/** What a column of a table of persons can hold. */
export const KINDS = [
  'given_name',
  'surname',
  'full_name',
  'date_of_birth',
  'email',
  'phone',
  'postcode',
  'city',
  'address',
  'house_number',
  'country',
  'identifier',
  'category',
  'text',
  'unique_id',
] as const;

export type Kind = (typeof KINDS)[number];

/** Of these a record has one, so a table can't have two columns of them. */
export const SINGLE_KINDS: readonly Kind[] = ['given_name', 'surname', 'full_name', 'country'];

/** Names of columns, in lower case with everything but letters and digits as one underscore. */
const PATTERNS: readonly (readonly [Kind, RegExp])[] = [
  ['given_name', /^(?:(?:first|given|fore|christian)_?names?|fname|vorname|prenom|nombre)$/],
  ['surname', /^(?:(?:sur|last|family)_?name|lname|nachname|familienname|nom|apellidos?)$/],
  ['full_name', /^(?:(?:full|whole|customer|person)_?)?name$/],
  ['date_of_birth', /^(?:dob|d_o_b|birth_?da(?:te|y)|date_?of_?birth|born|geburts(?:datum|tag))$/],
  ['email', /^(?:e_?mail|mail)(?:_?(?:address|adresse))?(?:_?\d)?$/],
  [
    'phone',
    /^(?:(?:mobile|home|work|tele)?_?phone|mobile|tel|telefon|handy)(?:_?(?:number|nummer|no|\d))?$/,
  ],
  ['house_number', /^(?:house|street|building|haus)_?(?:number|nummer|no|nr)$/],
  ['postcode', /^(?:post(?:al)?_?code|zip(?:_?code)?|plz|postleitzahl|cp)(?:_\w+)?$/],
  [
    'city',
    /^(?:city|town|suburb|locality|place|(?:birth|home)_?(?:place|town)|ort|stadt|wohnort|ville)$/,
  ],
  [
    'address',
    /^(?:street|strasse|(?:(?:street|postal)_?)?address(?:_?(?:line)?_?\d)?|adresse|rue)$/,
  ],
  [
    'identifier',
    /^(?:ssn|soc_?sec(?:_?id)?|social_?security(?:_?(?:number|no|id))?|(?:passport|tax|national|insurance)_?(?:number|no|id))$/,
  ],
  ['country', /^(?:country(?:_?(?:code|iso))?|land|pays|pais|paese)$/],
  ['category', /^(?:gender|sex|state|county|region|occupation|profession|job|title|nationality)$/],
];

const IDS = /^(?:(?:unique|record|rec|row|customer|person)_?id|id)$/;

/** The kind that a column's name tells; undefined where it tells none. */
export function guessKind(column: string): Kind | undefined {
  const name = simple(column);
  return PATTERNS.find(([, pattern]) => pattern.test(name))?.[0];
}

/** The column of the record's id, by its name: the first that looks like one. */
export function guessId(columns: readonly string[]): string | undefined {
  return columns.find((column) => IDS.test(simple(column)));
}

function simple(column: string): string {
  return column
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '_');
}
