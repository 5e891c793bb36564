/**
 * Countries as people and systems write them: ISO codes of two and three letters, the English name,
 * and the names in the languages of the country. Folded, as `folded` in match_text.js leaves them.
 */
const { list } = require('./sql_text');

/** @type {Readonly<Record<string, string>>} */
const names = {
  AD: 'and|andorra',
  AL: 'alb|albania|shqiperia|shqiperi',
  AT: 'aut|austria|osterreich|oesterreich',
  AU: 'aus|australia',
  BA: 'bih|bosnia and herzegovina|bosnia|bosna i hercegovina',
  BE: 'bel|belgium|belgie|belgique|belgien',
  BG: 'bgr|bulgaria|balgariya',
  CA: 'can|canada',
  CH: 'che|switzerland|schweiz|suisse|svizzera|svizra',
  CY: 'cyp|cyprus|kypros|kibris',
  CZ: 'cze|czechia|czech republic|cesko|ceska republika',
  DE: 'deu|ger|germany|deutschland|d',
  DK: 'dnk|denmark|danmark',
  EE: 'est|estonia|eesti',
  ES: 'esp|spain|espana',
  FI: 'fin|finland|suomi',
  FR: 'fra|france',
  GB: 'gbr|uk|great britain|united kingdom|britain|england|scotland|wales|northern ireland',
  GR: 'grc|el|greece|hellas|ellada',
  HR: 'hrv|croatia|hrvatska',
  HU: 'hun|hungary|magyarorszag',
  IE: 'irl|ireland|eire',
  IS: 'isl|iceland|island',
  IT: 'ita|italy|italia',
  LI: 'lie|liechtenstein',
  LT: 'ltu|lithuania|lietuva',
  LU: 'lux|luxembourg|luxemburg|letzebuerg',
  LV: 'lva|latvia|latvija',
  MC: 'mco|monaco',
  MD: 'mda|moldova|republica moldova',
  ME: 'mne|montenegro|crna gora',
  MK: 'mkd|north macedonia|macedonia|severna makedonija',
  MT: 'mlt|malta',
  NL: 'nld|netherlands|the netherlands|holland|nederland',
  NO: 'nor|norway|norge|noreg',
  NZ: 'nzl|new zealand|aotearoa',
  PL: 'pol|poland|polska',
  PT: 'prt|portugal',
  RO: 'rou|romania',
  RS: 'srb|serbia|srbija',
  SE: 'swe|sweden|sverige',
  SI: 'svn|slovenia|slovenija',
  SK: 'svk|slovakia|slovensko|slovak republic',
  TR: 'tur|turkey|turkiye|turkei',
  UA: 'ukr|ukraine|ukraina',
  US: 'usa|us|united states|united states of america|america|u s a|u s',
};

/**
 * The ISO code of two letters, in upper case; what is none of the countries above stays.
 *
 * @param {string} words folded; it stands in the result several times
 * @returns {string} SQL, STRING
 */
const countryCode = (words) =>
  `CASE\n    ${Object.entries(names)
    .map(
      ([code, all]) =>
        `WHEN ${words} IN ${list([code.toLowerCase(), ...all.split('|')])} THEN '${code}'`,
    )
    .join('\n    ')}\n    ELSE UPPER(${words})\n  END`;

module.exports = { countryCode, names };
