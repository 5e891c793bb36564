import { bitsOf } from '@tributary/functions/identity/log-odds';
import { loadMatchIncludes } from '../includes';
import type { MatchFileOptions } from '../match-file';
import type { MatchWarehouse } from '../match-warehouse';
import { writePairs } from '../write-answers';
import { addToState } from './add-to-state';
import { type Arrivals, readArrivals } from './arrivals';
import { type ArrivingPairs, scoreArrivals } from './arriving-pairs';
import { type SavedModel, STATE } from './model';
import { clusterTouched } from './touched';
import { type ChangeCounts, writeChanges } from './write-changes';

export interface NewSummary extends ChangeCounts {
  readonly newCount: number;
  /** Records of the file that the state had already. */
  readonly repeatedCount: number;
}

/**
 * New records against those of a state, by its weights and rules: only pairs with a new record are
 * compared, and only clusters that such pairs touch are made anew. Answers what a run over all
 * records with these weights would, and adds the records to the state.
 */
export async function matchNew(
  warehouse: MatchWarehouse,
  model: SavedModel,
  { project, inputs, settings, out, pairs, progress }: MatchFileOptions,
): Promise<NewSummary> {
  const includes = loadMatchIncludes(project.dir);
  const arrivals = await progress.step('Reading and cleansing', () =>
    readArrivals(warehouse, includes, model, inputs[0] as string),
  );
  for (const note of arrivals.notes) progress.note(note);
  const scored = await progress.step('Comparing pairs', () =>
    scoreArrivals(warehouse, includes, model, arrivals, pairs !== undefined),
  );
  const touched = await progress.step('Clustering', () => clusterTouched(warehouse, model, scored));
  const counts = await progress.step('Writing', async () => {
    if (pairs !== undefined) {
      const least = bitsOf(settings.pairs_threshold);
      await writeNewPairs(warehouse, arrivals, scored, least, pairs);
    }
    return writeChanges(warehouse, model.columns, touched, out);
  });
  await progress.step('Keeping the state', () =>
    addToState(warehouse, model, arrivals, scored, touched),
  );
  const { newCount, repeatedCount } = arrivals;
  return { newCount, repeatedCount, ...counts };
}

async function writeNewPairs(
  warehouse: MatchWarehouse,
  { recipe }: Arrivals,
  { scored, implied }: ArrivingPairs,
  minWeight: number,
  file: string,
): Promise<void> {
  const relations = [
    await warehouse.relation(`SELECT * FROM ${scored}`),
    await warehouse.relation(`SELECT * FROM ${implied}`),
  ];
  const sides = [scored, implied].flatMap((table) =>
    ['left_no', 'right_no'].map((side) => `SELECT ${side} FROM ${table}`),
  );
  const known = await warehouse.relation(
    `SELECT record_no, record_id FROM ${STATE.known} WHERE record_no IN (${sides.join(' UNION DISTINCT ')})`,
  );
  await warehouse.files.run(
    `CREATE TABLE people AS SELECT record_no AS "record no", record_id AS id FROM ${known}
    UNION ALL SELECT record_no, record_id FROM identities`,
  );
  const people = { table: 'people', id: 'id' };
  await writePairs(warehouse, people, recipe.comparisons, relations, minWeight, file);
}
