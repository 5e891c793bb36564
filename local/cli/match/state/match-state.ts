import { existsSync, mkdirSync, statSync } from 'node:fs';
import { messageOf, UserError } from '@tributary/functions/shared/errors';
import { type MatchFileOptions, type MatchSummary, matchIn } from '../match-file';
import { openMatchWarehouse } from '../match-warehouse';
import { matchNew, type NewSummary } from './match-new';
import { checkSameSettings, readModel } from './model';

/** What the first run of a state says, or one that added records to it. */
export type StateSummary = { readonly whole: MatchSummary } | { readonly added: NewSummary };

/**
 * The first time matches all records, as matchFile does, and keeps the run in the folder; from then on
 * matches new records against it and adds them.
 *
 * @throws UserError for other settings than those of the first run
 */
export async function matchState(
  options: MatchFileOptions & { readonly state: string; readonly hasSettings: boolean },
): Promise<StateSummary> {
  const { state, settings, hasSettings } = options;
  if (settings.compare === 'between_files') {
    throw new UserError('--state matches one table: leave "compare" out of the settings.');
  }
  if (existsSync(state) && !statSync(state).isDirectory()) {
    throw new UserError(`${state} is a file: name a folder with --state.`);
  }
  try {
    mkdirSync(state, { recursive: true });
  } catch (error) {
    throw new UserError(`${state} can't be made: ${messageOf(error)}.`);
  }
  const warehouse = await openMatchWarehouse(options.project, state);
  try {
    const model = await readModel(warehouse, state);
    if (model === undefined) return { whole: await matchIn(warehouse, options) };
    if (hasSettings) checkSameSettings(model, settings, state);
    const { pairs_threshold } = settings;
    return {
      added: await matchNew(warehouse, model, {
        ...options,
        settings: { ...model.settings, pairs_threshold },
      }),
    };
  } finally {
    await warehouse.close();
  }
}
