/**
 * Phone numbers in E.164, by country: "0171 1234567" is +491711234567 in Germany and nobody knows
 * what without a country. A guessed country would join strangers, so none is guessed.
 */

/**
 * `code` is the calling code; `trunk` what is dialled before a national number inside the country,
 * and left out behind the code; `digits` how many a national number has without it, at least and at
 * most. Where a numbering plan has exceptions, the lengths are wide rather than narrow: an odd number
 * joins at most those who gave the same one.
 *
 * @type {Readonly<Record<string, { code: string, trunk: string, digits: readonly [number, number] }>>}
 */
const countries = {
  AD: { code: '376', trunk: '', digits: [6, 9] },
  AL: { code: '355', trunk: '0', digits: [8, 9] },
  AT: { code: '43', trunk: '0', digits: [4, 13] },
  BA: { code: '387', trunk: '0', digits: [8, 9] },
  BE: { code: '32', trunk: '0', digits: [8, 9] },
  BG: { code: '359', trunk: '0', digits: [7, 9] },
  CH: { code: '41', trunk: '0', digits: [9, 9] },
  CY: { code: '357', trunk: '', digits: [8, 8] },
  CZ: { code: '420', trunk: '', digits: [9, 9] },
  DE: { code: '49', trunk: '0', digits: [6, 11] },
  DK: { code: '45', trunk: '', digits: [8, 8] },
  EE: { code: '372', trunk: '', digits: [7, 8] },
  ES: { code: '34', trunk: '', digits: [9, 9] },
  FI: { code: '358', trunk: '0', digits: [5, 12] },
  FR: { code: '33', trunk: '0', digits: [9, 9] },
  GB: { code: '44', trunk: '0', digits: [9, 10] },
  GR: { code: '30', trunk: '', digits: [10, 10] },
  HR: { code: '385', trunk: '0', digits: [8, 9] },
  HU: { code: '36', trunk: '06', digits: [8, 9] },
  IE: { code: '353', trunk: '0', digits: [7, 9] },
  IS: { code: '354', trunk: '', digits: [7, 9] },
  IT: { code: '39', trunk: '', digits: [6, 11] },
  LI: { code: '423', trunk: '', digits: [7, 9] },
  LT: { code: '370', trunk: '0', digits: [8, 8] },
  LU: { code: '352', trunk: '', digits: [4, 11] },
  LV: { code: '371', trunk: '', digits: [8, 8] },
  MC: { code: '377', trunk: '', digits: [8, 9] },
  MD: { code: '373', trunk: '0', digits: [8, 8] },
  ME: { code: '382', trunk: '0', digits: [8, 8] },
  MK: { code: '389', trunk: '0', digits: [8, 8] },
  MT: { code: '356', trunk: '', digits: [8, 8] },
  NL: { code: '31', trunk: '0', digits: [9, 9] },
  NO: { code: '47', trunk: '', digits: [8, 8] },
  PL: { code: '48', trunk: '', digits: [9, 9] },
  PT: { code: '351', trunk: '', digits: [9, 9] },
  RO: { code: '40', trunk: '0', digits: [9, 9] },
  RS: { code: '381', trunk: '0', digits: [8, 9] },
  SE: { code: '46', trunk: '0', digits: [7, 10] },
  SI: { code: '386', trunk: '0', digits: [8, 8] },
  SK: { code: '421', trunk: '0', digits: [9, 9] },
  TR: { code: '90', trunk: '0', digits: [10, 10] },
  UA: { code: '380', trunk: '0', digits: [9, 9] },
  US: { code: '1', trunk: '1', digits: [10, 10] },
  CA: { code: '1', trunk: '1', digits: [10, 10] },
  AU: { code: '61', trunk: '0', digits: [9, 9] },
  NZ: { code: '64', trunk: '0', digits: [8, 10] },
};

/** Italian numbers keep their zero, Hungarian ones have none behind the trunk prefix. */
const national = (/** @type {keyof typeof countries} */ country) => {
  const { code, trunk, digits } = /** @type {typeof countries[string]} */ (countries[country]);
  const [least, most] = digits;
  // North America: area code and exchange begin with 2 to 9.
  if (code === '1') return '[2-9]\\d{2}[2-9]\\d{6}';
  return trunk === '' ? `\\d{${least},${most}}` : `[1-9]\\d{${least - 1},${most - 1}}`;
};

/**
 * What is dialled: digits, behind a plus where it begins with one or with 00, without an extension.
 * "+49 (0)171" loses its zero. What is neither digit nor sign stays, and makes it no number.
 *
 * @param {string} number as written
 * @returns {string} SQL, STRING
 */
function dialled(number) {
  const bare = `REGEXP_REPLACE(${number}, r'(?i)\\s*(?:ext|extension|x|durchwahl|dw|poste|anexo)\\.?\\s*\\d{1,5}\\s*$', '')`;
  const signs = `REGEXP_REPLACE(REPLACE(${bare}, '(0)', ''), r'[\\s\\x{00a0}().\\-/–]', '')`;
  return `REGEXP_REPLACE(${signs}, r'^00', '+')`;
}

/**
 * What is dialled in E.164, with its plus; NULL where it can't be a number, or where the country can't
 * be told. "+49 0171" loses its zero.
 *
 * @param {string} digits of `dialled`; it stands in the result several times
 * @param {string} country SQL of its ISO code of two letters; counts where the number has no plus
 * @returns {string} SQL, STRING
 */
function e164OfDialled(digits, country) {
  const codes = [
    ...new Map(Object.keys(countries).map((iso) => [countries[iso]?.code, iso])).values(),
  ];
  const international = codes.map((iso) => {
    const { code, trunk } = /** @type {typeof countries[string]} */ (countries[iso]);
    const pattern = `r'^\\+${code}(?:${code === '1' ? '' : trunk})?(${national(iso)})$'`;
    return `WHEN STARTS_WITH(${digits}, '+${code}') THEN CONCAT('+${code}', REGEXP_EXTRACT(${digits}, ${pattern}))`;
  });
  const domestic = Object.entries(countries).map(([iso, { code, trunk }]) => {
    const pattern = `r'^(?:${trunk})?(${national(iso)})$'`;
    return `WHEN '${iso}' THEN CONCAT('+${code}', REGEXP_EXTRACT(${digits}, ${pattern}))`;
  });
  return `CASE
    WHEN NOT STARTS_WITH(${digits}, '+') THEN CASE UPPER(${country})
      ${domestic.join('\n      ')}
    END
    ${international.join('\n    ')}
    ELSE REGEXP_EXTRACT(${digits}, r'^\\+[1-9]\\d{6,14}$')
  END`;
}

/**
 * A number in E.164; letters are refused, an extension is left out.
 *
 * @param {string} number as written
 * @param {string} country SQL of its ISO code of two letters; counts where the number has no plus
 * @returns {string} SQL, STRING
 */
const e164 = (number, country) => e164OfDialled(dialled(number), country);

module.exports = { countries, dialled, e164, e164OfDialled };
