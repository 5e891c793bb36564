import type { Command } from 'commander';
import type { RunMatchOptions } from '../match/run-match';

export function registerMatch(program: Command): void {
  program
    .command('match')
    .description('which records of a file are one person, learnt without labels')
    .option('--input <file>', 'CSV, NDJSON or Parquet; given twice, both are matched', collect, [])
    .option('--settings <file>', 'JSON; without it kinds are told from the names of columns')
    .option('--out <file>', 'write .csv, .ndjson or .parquet instead of CSV to stdout')
    .option('--pairs <file>', 'also write the pairs, with their weights and probability')
    .option(
      '--explain <ids...>',
      'two ids: why they are, or are not, one person; --out pair.svg draws it',
    )
    .option('--state <folder>', 'keep the run there; the next time match new records against it')
    .option('--json', 'print the summary as JSON to stdout; --out takes the clusters')
    .option('--quiet', 'no progress and no summary')
    .addHelpText(
      'after',
      `
The answer has every record's id and cluster_id; records of one cluster are one person. Kinds of
columns, told by their names or by the settings: given_name, surname, full_name, date_of_birth,
email, phone, postcode, city, address, house_number, country, identifier, category, text, and
unique_id (equal ones are always one person, different ones never). Phones are read by the country
of their row, else by default_country; of addresses with flats the flat's number counts too.

Settings, all optional:
  {
    "id": "customer_no",
    "columns": { "fname": "given_name", "lname": "surname", "born": "date_of_birth" },
    "default_country": "DE",         of phones without a calling code; ISO code of two letters
    "blocking": ["lname + born:4", "fname:3 + born"],
    "compare": "between_files",      pairs across two files only; default "all"
    "threshold": 0.5,                probability from which records are one person
    "pairs_threshold": 0.01,         pairs below it are not written
    "term_frequency": 1,             how much a value's rarity counts, 0 to 1
    "max_block_records": 1000,       larger blocks are skipped and reported
    "max_pairs": 50000000            more are refused before they are made
  }

With --state the first run keeps records, weights and clusters in the folder. Each later one takes a file
of new records alone, compares them with all others by the same weights, and writes them with every
earlier record whose cluster changed: id, cluster_id, cluster_id_before, and the pair that speaks
loudest for it (matched_id, match_weight, match_probability). Records that are known already change
nothing.

Examples:
  $ npx tributary match --input customers.csv --out clusters.csv
  $ npx tributary match --input customers.csv --settings match.json --pairs pairs.csv > c.csv
  $ npx tributary match --input crm.csv --input shop.csv --out clusters.parquet
  $ npx tributary match --input customers.csv --state people --out clusters.csv
  $ npx tributary match --input new.csv --state people --out changes.csv
  $ npx tributary match --input customers.csv --explain 17 4711 --out pair.svg`,
    )
    .action(async (options: RunMatchOptions) => {
      const { runMatch } = await import('../match/run-match.js');
      await runMatch(options);
    });
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
