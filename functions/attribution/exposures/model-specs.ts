import { z } from 'zod';
import { UserError } from '../../shared/errors';
import type { Warehouse } from '../../warehouse/warehouse';
import { HEURISTICS, type Heuristic } from '../models/heuristics';
import { type ModelSpec, TRAINED_KINDS } from '../models/train-model';

/** The models of the settings that the trainer has to do with, each list by name. */
export interface ModelSpecs {
  readonly trained: readonly ModelSpec[];
  /** Rules that are scored here too, so that they can be judged beside the others. */
  readonly rules: readonly { readonly model: string; readonly kind: Heuristic }[];
  /** Whether IHC is switched on. */
  readonly hasIhc: boolean;
  /** Name of the model that lift tests and held-out journeys choose; undefined: switched off. */
  readonly chosen?: string;
}

const rowSchema = z.object({
  model: z.string(),
  kind: z.enum([...TRAINED_KINDS, ...HEURISTICS, 'ihc', 'chosen']),
  order: z.int().nullable(),
});

/**
 * The models that the settings switch on.
 *
 * @param dataset the models' dataset
 * @throws UserError for a Markov model without order
 */
export async function readModelSpecs(warehouse: Warehouse, dataset: string): Promise<ModelSpecs> {
  const found = await warehouse.query(
    `SELECT model, kind, markov_order AS \`order\` FROM \`${dataset}\`.int_attribution__models
WHERE kind IN UNNEST(@kinds) ORDER BY model`,
    { params: { kinds: rowSchema.shape.kind.options } },
  );
  const rows = found.map((row) => rowSchema.parse(row));
  const trained = rows.flatMap(({ model, kind, order }): ModelSpec[] => {
    const known = TRAINED_KINDS.find((one) => one === kind);
    if (known === undefined) return [];
    if (known === 'markov' && order === null) {
      throw new UserError(`Model ${model} has no order; give it one from 1 to 4.`);
    }
    return [{ model, kind: known, ...(order === null ? {} : { order }) }];
  });
  const rules = rows.flatMap(({ model, kind }) => {
    const known = HEURISTICS.find((one) => one === kind);
    return known === undefined ? [] : [{ model, kind: known }];
  });
  const chosen = rows.find(({ kind }) => kind === 'chosen')?.model;
  return {
    trained,
    rules,
    hasIhc: rows.some(({ kind }) => kind === 'ihc'),
    ...(chosen === undefined ? {} : { chosen }),
  };
}
