import { readFile } from 'node:fs/promises';
import { type MatchSettings, parseMatchSettings } from '@tributary/functions/identity/settings';
import { messageOf, UserError } from '@tributary/functions/shared/errors';

/**
 * The settings of `tributary match`; defaults where no file is named.
 *
 * @throws UserError where the file is missing, no JSON, or says what is not allowed
 */
export async function readSettings(file: string | undefined): Promise<MatchSettings> {
  if (file === undefined) return parseMatchSettings({}, 'the settings');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UserError(`${file} can't be read (${messageOf(error)}): check the path.`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new UserError(`${file} is no JSON: ${messageOf(error)}.`);
  }
  return parseMatchSettings(value, file);
}
