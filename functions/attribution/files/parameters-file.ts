import { readFile } from 'node:fs/promises';
import { messageOf, UserError } from '../../shared/errors';
import { type IhcParameters, parseParameters } from '../ihc/parameters';

/** @throws UserError where the file is missing, is no JSON, or holds no usable parameters */
export async function readParametersFile(file: string): Promise<IhcParameters> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new UserError(`${file} cannot be read; check the path of the parameters.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(
      `${file} is no JSON (${messageOf(error)}); write it with \`tributary train\`.`,
    );
  }
  return parseParameters(value, file);
}
