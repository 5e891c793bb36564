import { readFile } from 'node:fs/promises';
import { messageOf, UserError } from '../../shared/errors';
import { unreadKeys } from '../ihc/foreign-document';
import { type IhcParameters, parseParameters } from '../ihc/parameters';

export interface ParametersFile {
  readonly parameters: IhcParameters;
  /** Sentences on what was found in the file and not read. */
  readonly notes: readonly string[];
}

/** @throws UserError where the file is missing, is no JSON, or holds no usable parameters */
export async function readParametersFile(file: string): Promise<ParametersFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new UserError(`${file} cannot be read; check the path of the parameters.`);
  }
  let value: unknown;
  try {
    // Editors of Windows put a byte order mark first.
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new UserError(
      `${file} is no JSON (${messageOf(error)}); write it with \`tributary train\`.`,
    );
  }
  const parameters = parseParameters(value, file);
  const unread = unreadKeys(value as object);
  return { parameters, notes: unread === undefined ? [] : [unread] };
}
