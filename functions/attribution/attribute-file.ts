import { readJourneyFile } from './files/journeys-file';
import { readParametersFile } from './files/parameters-file';
import { type OutputColumn, writeTable } from './files/table-file';
import { buildJourneys } from './ihc/build-journeys';
import { describeCleaning } from './ihc/cleaning';
import { curveWarnings } from './ihc/curve-warnings';
import { alignChannels } from './ihc/foreign-document';
import { channelsMet } from './ihc/journeys';
import { modelFor } from './ihc/model';
import { scoreJourneys } from './ihc/score';

export interface AttributeFileOptions {
  /** CSV, NDJSON or Parquet; one row per session. */
  readonly journeys: string;
  /** JSON, as `train` writes it. */
  readonly parameters: string;
  /** CSV, NDJSON or Parquet; CSV on standard output if absent. */
  readonly out?: string;
  readonly stdout?: NodeJS.WritableStream;
  /** Where the report on excluded sessions goes. */
  readonly stderr?: NodeJS.WritableStream;
}

export interface AttributeFileResult {
  readonly journeyCount: number;
  readonly sessionCount: number;
  /** Sessions after their conversion and repeated ones, which have no answer. */
  readonly excludedCount: number;
}

/**
 * Scores a file of journeys and writes, in the file's order, [request,] conversion_id, session_id,
 * initializer, holder, closer, ihc. A session that stands twice in a journey counts once, where it
 * is earliest: a second row mostly comes from a join, and would count its touch twice.
 *
 * @throws UserError where one of the files is wrong, with its place
 */
export async function attributeFile(options: AttributeFileOptions): Promise<AttributeFileResult> {
  const given = await readParametersFile(options.parameters);
  const file = await readJourneyFile(options.journeys, { missing: 'refuse' });
  const { columns, conversionIds, requests } = file;
  const { journeys, cleaning } = buildJourneys(columns);
  const { parameters, notes } = alignChannels(given.parameters, channelsMet(journeys));
  const scores = scoreJourneys(journeys, modelFor(parameters, journeys.channels));

  const sessions = inFileOrder(journeys.row, columns.rowCount);
  const rowAt = (index: number) => journeys.row[sessions[index] as number] as number;
  const journeyAt = (index: number) => columns.journey[rowAt(index)] as number;
  const text = (name: string, valueAt: (index: number) => string): OutputColumn => ({
    name,
    type: 'string',
    valueAt,
  });
  const value = (name: 'initializer' | 'holder' | 'closer' | 'ihc'): OutputColumn => ({
    name,
    type: 'number',
    valueAt: (index) => scores[name][sessions[index] as number] as number,
  });
  await writeTable(
    [
      ...(requests ? [text('request', (index) => requests[journeyAt(index)] as string)] : []),
      text('conversion_id', (index) => conversionIds[journeyAt(index)] as string),
      text('session_id', (index) => columns.sessionIds[rowAt(index)] as string),
      value('initializer'),
      value('holder'),
      value('closer'),
      value('ihc'),
    ],
    journeys.sessionCount,
    options.out,
    options.stdout ?? process.stdout,
  );
  const warnings = [...given.notes, ...notes, ...curveWarnings(parameters)].map(
    (warning) => `Warning: ${warning}`,
  );
  for (const line of [...warnings, describeCleaning(cleaning)].filter((text) => text !== '')) {
    (options.stderr ?? process.stderr).write(`${line}\n`);
  }
  return {
    journeyCount: journeys.journeyCount,
    sessionCount: journeys.sessionCount,
    excludedCount: columns.rowCount - journeys.sessionCount,
  };
}

/** Positions of the scored sessions, in the order of their rows. */
function inFileOrder(row: Uint32Array, rowCount: number): Uint32Array {
  const position = new Int32Array(rowCount).fill(-1);
  for (let session = 0; session < row.length; session += 1) {
    position[row[session] as number] = session;
  }
  return Uint32Array.from(position.filter((session) => session >= 0));
}
