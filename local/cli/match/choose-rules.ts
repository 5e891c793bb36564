import type { MatchSettings } from '@tributary/functions/identity/settings';
import { UserError } from '@tributary/functions/shared/errors';
import type { ChosenColumn } from './choose-columns';
import type { BlockingRule, BlockLimits, ChosenRule, MatchIncludes, Recipe } from './includes';
import { refuseTooMany } from './limits';
import type { MatchWarehouse } from './match-warehouse';

/** A rule with what it makes of the records. */
export interface CountedRule extends ChosenRule {
  readonly pairs: number;
  readonly skippedBlocks: number;
  readonly largestBlock: { readonly key: string; readonly records: number } | undefined;
}

/** So few pairs are all compared, and no rule can miss one. */
export const ALL_PAIRS = 500_000;
const ALL_RECORDS: BlockingRule = { name: 'all pairs', keys: ["'all'"], comparisons: [] };
/**
 * Default rules may make so many pairs up to 50,000 records, where they take seconds; half of them
 * from 100,000 on, where more bring chance pairs rather than matches; and so many a record where
 * that is more.
 */
const PAIRS_OF_FEW = 4_000_000;
const FEW_RECORDS = 50_000;
const PAIRS_PER_RECORD = 5;
/** One default rule's part of that. */
const SHARE_OF_A_RULE = 0.4;
/** Default rules that are counted in one statement, and the part of the room that is enough. */
const RULES_AT_ONCE = 8;
const FULL = 0.85;

/** Of records that are all the same any rule would make all pairs, and a few say as much. */
const SAME_RECORDS = {
  name: 'neighbours in the file',
  keys: ['CAST(DIV(record.record_no, 4) AS STRING)'],
  comparisons: [],
};

interface BlockCount {
  readonly rule_no: number;
  readonly all_pair_count: number | string;
  readonly pair_count: number | string;
  readonly skipped_block_count: number;
  readonly largest_record_count: number | null;
  readonly largest_key: string | null;
  readonly [name: string]: number | string | null;
}

/**
 * Which rules make the candidate pairs. Rules of the settings are all used, or refused with the
 * number of their pairs; of the default ones, strict before loose, as many as the table affords.
 */
export async function chooseRules(
  warehouse: MatchWarehouse,
  includes: MatchIncludes,
  input: {
    readonly recipe: Recipe;
    readonly columns: readonly ChosenColumn[];
    readonly settings: MatchSettings;
    readonly records: string;
    readonly recordCount: number;
    readonly possiblePairs: number;
    readonly limits: BlockLimits;
    readonly areAllSame: boolean;
  },
): Promise<CountedRule[]> {
  const { recipe, settings, records, limits, recordCount, possiblePairs } = input;
  const isOwn = settings.blocking !== undefined && !input.areAllSame;
  if (!isOwn && areAllCompared(possiblePairs, settings)) {
    return [
      {
        rule: ALL_RECORDS,
        rule_no: 0,
        has_large_blocks: false,
        pairs: possiblePairs,
        skippedBlocks: 0,
        largestBlock: undefined,
      },
    ];
  }
  const rules = input.areAllSame
    ? [SAME_RECORDS]
    : (settings.blocking?.map((text) => ruleOf(text, input.columns)) ?? recipe.rules);
  const count = async (some: readonly BlockingRule[]) => {
    const counts = await warehouse.query<BlockCount>(
      includes.queries.blockCounts(some, records, limits),
    );
    return counts.toSorted((a, b) => a.rule_no - b.rule_no);
  };
  if (isOwn) {
    const counts = await count(rules);
    return counts.map((one) => {
      const counted = countedRule(rules[one.rule_no] as BlockingRule, one);
      const { name } = counted.rule;
      refuseTooMany(
        `The blocking rule "${name}" would make`,
        Number(one.all_pair_count),
        settings.max_pairs,
        withAnother(name, input.columns),
      );
      return counted;
    });
  }
  const room = Math.min(settings.max_pairs, roomOf(recordCount));
  const chosen: CountedRule[] = [];
  let total = 0;
  // From strict to loose, some at a time: once the room is full, the loose ones are not counted.
  for (let from = 0; from < rules.length && total < FULL * room; from += RULES_AT_ONCE) {
    const some = rules.slice(from, from + RULES_AT_ONCE);
    for (const counted of await count(some)) {
      const one = countedRule(some[counted.rule_no] as BlockingRule, counted);
      const isImplied = chosen.some(({ rule }) => rule.name === one.rule.unless);
      if (one.pairs === 0 || isImplied) continue;
      if (one.pairs > SHARE_OF_A_RULE * room || total + one.pairs > room) continue;
      total += one.pairs;
      chosen.push(one);
    }
  }
  if (chosen.length === 0) {
    throw new UserError(
      `No default blocking rule makes pairs, or not more than can be afforded (${Math.floor(SHARE_OF_A_RULE * room).toLocaleString('en')}): write rules in the settings, such as {"blocking": ["surname + date_of_birth:4"]}, or raise "max_pairs".`,
    );
  }
  return chosen.map((one, rule_no) => ({ ...one, rule_no }));
}

/** How a rule gets stricter: by a column that it does not name and that has many values. */
function withAnother(name: string, columns: readonly ChosenColumn[]): string {
  const others = columns.filter(
    ({ column, kind }) => !name.includes(column) && kind !== 'category' && kind !== 'country',
  );
  const [other] = others;
  return other ? `add a column to it, such as "${name} + ${other.column}"` : 'leave it out';
}

/** Whether the rules are the one of few records, that compares all of them. */
export const compareAll = ([first]: readonly BlockingRule[]): boolean =>
  first?.name === ALL_RECORDS.name;

export const areAllCompared = (possiblePairs: number, { max_pairs }: MatchSettings): boolean =>
  possiblePairs <= Math.min(ALL_PAIRS, max_pairs);

function roomOf(records: number): number {
  const share = Math.min(1, Math.max(0.5, FEW_RECORDS / records));
  return Math.max(share * PAIRS_OF_FEW, PAIRS_PER_RECORD * records);
}

function countedRule(rule: BlockingRule, count: BlockCount): CountedRule {
  const { largest_key: key, largest_record_count: records } = count;
  return {
    rule,
    rule_no: count.rule_no,
    has_large_blocks: count.skipped_block_count > 0,
    pairs: Number(count.pair_count),
    skippedBlocks: count.skipped_block_count,
    largestBlock: key === null || records === null ? undefined : { key, records },
  };
}

/** A rule as people write it: columns joined by +, each whole, its first n letters or letters n to m. */
function ruleOf(text: string, columns: readonly ChosenColumn[]): BlockingRule {
  const keys: string[] = [];
  const comparisons: string[] = [];
  for (const part of text.split('+')) {
    const [, name = '', from, to] = /^\s*(.+?)\s*(?::\s*(\d+)(?:-(\d+))?)?\s*$/.exec(part) ?? [];
    const found = columns.find(({ column, slot }) => column === name || slot === name);
    if (!found) {
      throw new UserError(
        `The blocking rule "${text}" names "${name}", which is no compared column: there are ${columns.map(({ column }) => column).join(', ')}.`,
      );
    }
    const slot = found.kind === 'full_name' ? 'name_words' : found.slot;
    const [first, length] = to
      ? [Number(from), Number(to) - Number(from) + 1]
      : [1, Number(from ?? 0)];
    if (from !== undefined && (first < 1 || length < 1)) {
      throw new UserError(
        `The blocking rule "${text}" cuts nothing from ${name}: write ${name}:3.`,
      );
    }
    keys.push(
      from === undefined ? `record.${slot}` : `SUBSTR(record.${slot}, ${first}, ${length})`,
    );
    comparisons.push(...(found.kind === 'full_name' ? ['given_name', 'surname'] : [found.slot]));
  }
  return { name: text, keys, comparisons };
}
