import { messageOf, UserError } from '@tributary/functions/shared/errors';

/** What BigQuery says of a column that a table lacks: by its name alone, or behind a dot. */
const NO_COLUMN = /^(?:Unrecognized name: (\S+?)|Name (\S+) not found inside \S+)(?:;| at \[|$)/;

/**
 * Queries of ours on a warehouse that an older version filled, whose tables lack a column.
 *
 * @throws UserError that says so, with the mend; anything else as it was thrown
 */
export async function onTablesOfToday<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const found = NO_COLUMN.exec(messageOf(error));
    if (!found) throw error;
    throw new UserError(
      `The warehouse has tables of an older version, without the column ${found[1] ?? found[2]}: run the models again with \`tributary run\`, with the same --warehouse.`,
    );
  }
}
