import { UserError } from '@tributary/functions/shared/errors';
import { onTablesOfToday } from '@tributary/local/cli/older-tables';

const failing = (message: string) => onTablesOfToday(() => Promise.reject(new Error(message)));

test.each([
  ['Unrecognized name: touch_count at [4:12]', 'touch_count'],
  ['Unrecognized name: touch_count; Did you mean touches? at [4:12]', 'touch_count'],
  ['Name is_guarded not found inside sessions at [3:9]', 'is_guarded'],
])('%s: the models are to be run again', async (message, column) => {
  const mended = failing(message);
  await expect(mended).rejects.toBeInstanceOf(UserError);
  await expect(mended).rejects.toThrow(
    `The warehouse has tables of an older version, without the column ${column}: run the models again with \`tributary run\`, with the same --warehouse.`,
  );
});

test('other errors stay as they are', async () => {
  const message = 'Not found: Table p:tributary.journeys at [5:8]: make it with `tributary run`';
  const error = new Error(message);
  await expect(onTablesOfToday(() => Promise.reject(error))).rejects.toBe(error);
});

test('what was found is handed on', async () => {
  await expect(onTablesOfToday(() => Promise.resolve(3))).resolves.toBe(3);
});
