import { areAllCompared, chooseRules, compareAll } from '../choose-rules';
import type { BlockingRule, MatchIncludes, Recipe } from '../includes';
import type { MatchWarehouse } from '../match-warehouse';
import type { SavedModel } from './model';

/** A state that is so many times larger has other rules. */
export const GROWTH = 1.5;

/**
 * The rules by which new records are paired. Default ones are loose where records are few, and pairs grow
 * with the square of them: so a state that has outgrown its rules gets those of its size.
 *
 * @param everyone FROM item of all records, the new ones among them
 */
export async function rulesNow(
  warehouse: MatchWarehouse,
  includes: MatchIncludes,
  { settings, rules, ruledCount, columns }: SavedModel,
  input: { readonly recipe: Recipe; readonly everyone: string; readonly recordCount: number },
): Promise<readonly BlockingRule[]> {
  const { recipe, everyone, recordCount } = input;
  const possiblePairs = (recordCount * (recordCount - 1)) / 2;
  const isOutgrown = compareAll(rules)
    ? !areAllCompared(possiblePairs, settings)
    : recordCount >= GROWTH * ruledCount;
  if (settings.blocking !== undefined || !isOutgrown) return rules;
  const { max_block_records } = settings;
  const chosen = await chooseRules(warehouse, includes, {
    recipe,
    columns: columns.compared,
    settings,
    records: everyone,
    recordCount,
    possiblePairs,
    limits: { max_block_records, across_sources: false },
    areAllSame: false,
  });
  return chosen.map(({ rule }) => rule);
}
