import { writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { messageOf, UserError } from '@tributary/functions/shared/errors';
import type { Warehouse } from '@tributary/functions/warehouse/warehouse';
import { readJourney } from './journey';
import { journeyPicture } from './journey-picture';
import { journeyText } from './journey-text';
import type { Locale } from './journey-words';

interface DrawJourneyOptions {
  readonly conversion: string;
  /** 'ihc' unless told. */
  readonly model?: string;
  readonly phases?: boolean;
  /** SVG; journey-<id>.svg in the current folder unless told. */
  readonly out?: string;
  readonly json?: boolean;
}

/**
 * Draws a journey into a file and answers it as text for the terminal; with `json` its data alone.
 *
 * @throws UserError where the conversion or the model is not there, or the file can't be written
 */
export async function drawJourney(
  warehouse: Warehouse,
  locale: Locale,
  options: DrawJourneyOptions,
): Promise<string> {
  const journey = await readJourney(warehouse, options.conversion, options.model ?? 'ihc');
  if (options.json) return JSON.stringify(journey, null, 2);
  const phases = { phases: options.phases ?? false };
  const file = options.out ?? `journey-${options.conversion.replaceAll(/[^\w.-]+/g, '_')}.svg`;
  const svg = await journeyPicture(journey, locale, phases);
  await writeFile(file, svg).catch((error: unknown) => {
    throw new UserError(`${file} cannot be written (${messageOf(error)}); choose another --out.`);
  });
  return `${journeyText(journey, locale, phases)}\n\nPicture: ${relative('.', file)}`;
}
