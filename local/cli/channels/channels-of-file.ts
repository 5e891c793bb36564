import { UserError } from '@tributary/functions/shared/errors';
import { type FileRecord, openRecords } from '../import/read-records';
import { RecordReader, requireColumns } from '../import/record-reader';
import type { Project } from '../project';
import { type Classifier, openClassifier } from './classifier';
import { type Answer, answerColumns, type Visit } from './visit';
import { createRowWriter, formatOfFile, type OutputFormat, type RowWriter } from './write-rows';

interface ChannelsOptions {
  readonly project: Project;
  /** CSV, NDJSON or Parquet with page_url and page_referrer. */
  readonly input: string;
  /** File to write, its format by its ending; stdout where there is none. */
  readonly out?: string | undefined;
  /** Of stdout; CSV where none is said. */
  readonly format?: OutputFormat | undefined;
  /** Hosts that are the site itself. */
  readonly siteHosts: readonly string[];
}

/** As many rows are held in memory at once. */
const BATCH = 200_000;
const inputColumns = ['page_url', 'page_referrer'];

/**
 * Writes a file's records in their order, with the source and the channel that the models find.
 *
 * @returns the number of records
 * @throws UserError where the file can't be read or lacks a column
 */
export async function writeChannels(options: ChannelsOptions): Promise<number> {
  const { project, input, out, siteHosts } = options;
  const format = out === undefined ? (options.format ?? 'csv') : formatOfFile(out);
  const source = await openRecords(input);
  requireColumns(input, source.columns, inputColumns);
  let classifier: Classifier | undefined;
  let writer: RowWriter | undefined;
  let count = 0;
  try {
    for await (const batch of batches(source.records)) {
      const columns = source.columns ?? columnsOf(input, batch);
      const visits = batch.map((record) => visitOf(new RecordReader(input, source.unit, record)));
      // Not before something could be read.
      classifier ??= await openClassifier(project, siteHosts);
      const answers = await classifier.classify(visits);
      writer ??= createRowWriter(out, format, outputColumns(columns));
      await writer.write(batch.map((record, index) => outputRow(columns, record, answers[index])));
      count += batch.length;
    }
    writer ??= createRowWriter(out, format, outputColumns(source.columns ?? inputColumns));
    await writer.close();
  } finally {
    await classifier?.close();
  }
  return count;
}

function outputRow(
  columns: readonly string[],
  { values }: FileRecord,
  answer: Answer | undefined,
): Record<string, unknown> {
  const kept = columns.map((name) => [inputName(name), values[name] ?? null]);
  return { ...Object.fromEntries(kept), ...answer };
}

function visitOf(reader: RecordReader): Visit {
  return {
    pageUrl: reader.optionalText('page_url'),
    pageReferrer: reader.optionalText('page_referrer'),
  };
}

/** A column of the file that is called as one of ours keeps its values under another name. */
function inputName(name: string): string {
  return (answerColumns as readonly string[]).includes(name) ? `input_${name}` : name;
}

function outputColumns(columns: readonly string[]): string[] {
  return [...columns.map(inputName), ...answerColumns];
}

/** Records of NDJSON bring their own names: those of the first batch are the columns. */
function columnsOf(input: string, batch: readonly FileRecord[]): string[] {
  const names = new Set<string>();
  for (const { values, problem } of batch) {
    if (problem === undefined) for (const name of Object.keys(values)) names.add(name);
  }
  if (!inputColumns.some((name) => names.has(name))) {
    throw new UserError(`${input} lacks fields that it needs (${inputColumns.join(', ')}).`);
  }
  return [...names];
}

async function* batches(records: AsyncIterable<FileRecord>): AsyncGenerator<FileRecord[]> {
  let batch: FileRecord[] = [];
  for await (const record of records) {
    batch.push(record);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
