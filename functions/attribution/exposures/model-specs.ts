import { z } from 'zod';
import { UserError } from '../../shared/errors';
import type { Warehouse } from '../../warehouse/warehouse';
import { type ModelSpec, TRAINED_KINDS } from '../models/train-model';

const specSchema = z.object({
  model: z.string(),
  kind: z.enum(TRAINED_KINDS),
  order: z.int().nullable(),
});

/**
 * The trained models that the settings switch on, by name.
 *
 * @param dataset the models' dataset
 * @throws UserError for a Markov model without order
 */
export async function readModelSpecs(warehouse: Warehouse, dataset: string): Promise<ModelSpec[]> {
  const rows = await warehouse.query(
    `SELECT model, kind, markov_order AS \`order\` FROM \`${dataset}\`.int_attribution__models
WHERE kind IN UNNEST(@kinds) ORDER BY model`,
    { params: { kinds: TRAINED_KINDS } },
  );
  return rows.map((row) => {
    const { order, ...spec } = specSchema.parse(row);
    if (spec.kind === 'markov' && order === null) {
      throw new UserError(`Model ${spec.model} has no order; give it one from 1 to 4.`);
    }
    return { ...spec, ...(order === null ? {} : { order }) };
  });
}
