import { type MatchSettings, parseMatchSettings } from '@tributary/functions/identity/settings';
import { UserError } from '@tributary/functions/shared/errors';
import type { ChosenColumns } from '../choose-columns';
import type { BlockingRule, WeightSql } from '../includes';
import type { MatchWarehouse } from '../match-warehouse';

/** What later runs match by: everything that the first run chose and learnt. */
export interface SavedModel {
  readonly version: number;
  readonly settings: MatchSettings;
  readonly columns: ChosenColumns;
  readonly rules: readonly BlockingRule[];
  /** Records for which the rules were chosen. */
  readonly ruledCount: number;
  readonly weights: readonly WeightSql[];
  readonly prior: number;
  /** Records that it learnt from. */
  readonly recordCount: number;
}

/** The tables of a state, in dataset `match` of its warehouse. */
export const STATE = {
  /** Cleansed records. */
  records: '`match.records`',
  /** One row per record: its id, a hash of its values, component, cluster, unique identifiers. */
  known: '`match.known`',
  /** One row per pair that matters: left_no, right_no, match_weight, is_implied. */
  pairs: '`match.pairs`',
  /** How many records shared a value when weights were learnt. */
  counts: '`match.value_counts`',
  /** One row: SavedModel as JSON. It is written last: without it there is no state. */
  model: '`match.model`',
} as const;

/** Raised when these tables, or the SQL of includes/match_*.js that fills them, change their shape. */
const VERSION = 7;
/**
 * Weights of version 5 know of no place: each of its parts counts by itself, as they were learnt. Those of version 6 and
 * before took off as many of a value's records as a person has on average, and counted half of its rarity by default.
 */
const READABLE: readonly number[] = [5, 6, VERSION];

/** @throws UserError for the state of another version */
export async function readModel(
  warehouse: MatchWarehouse,
  folder: string,
): Promise<SavedModel | undefined> {
  const [made] = await warehouse.query<{ readonly made: number }>(
    `CREATE TABLE IF NOT EXISTS ${STATE.model} (content STRING);
SELECT COUNT(*) AS made FROM ${STATE.model}`,
  );
  if (Number(made?.made) === 0) return undefined;
  const [row] = await warehouse.query<{ readonly content: string }>(
    `SELECT content FROM ${STATE.model}`,
  );
  const model: SavedModel = JSON.parse(row?.content ?? '{}');
  if (READABLE.includes(model.version)) return model;
  throw new UserError(
    `${folder} was written by another version of match: match all records anew, with a new --state folder.`,
  );
}

export async function writeModel(
  warehouse: MatchWarehouse,
  model: Omit<SavedModel, 'version'>,
): Promise<void> {
  await loadModel(warehouse, 'model', model);
}

/**
 * Puts the model into a table, to take the place of the one that is there; answers its quoted name. One of an earlier
 * version stays of that version: its weights and settings are what they were.
 */
export async function loadModel(
  warehouse: MatchWarehouse,
  table: string,
  model: Omit<SavedModel, 'version'> & Partial<Pick<SavedModel, 'version'>>,
): Promise<string> {
  const content = JSON.stringify({ version: VERSION, ...model });
  return warehouse.load(table, { content: 'STRING' }, `SELECT ${literal(content)} AS content`);
}

/** As DuckDB writes it. */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Settings that leave `term_frequency` open say nothing against a state that was made when the default was another. */
const isFormerDefault = (model: SavedModel, given: MatchSettings, name: keyof MatchSettings) =>
  name === 'term_frequency' && model.version < 7 && given[name] === DEFAULTS[name];
const DEFAULTS = parseMatchSettings({}, 'defaults');

/**
 * Settings that stand beside a state have to be those that it was made with: its weights mean nothing
 * under others.
 *
 * @throws UserError that names the first field that differs
 */
export function checkSameSettings(model: SavedModel, given: MatchSettings, folder: string): void {
  for (const name of Object.keys({ ...model.settings, ...given }) as (keyof MatchSettings)[]) {
    if (name === 'pairs_threshold' || isFormerDefault(model, given, name)) continue;
    if (JSON.stringify(model.settings[name]) === JSON.stringify(given[name])) continue;
    throw new UserError(
      `${folder} was made with another "${name}" in its settings: leave --settings out, or match all records anew with a new --state folder.`,
    );
  }
}
