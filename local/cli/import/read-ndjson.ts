import { readLines } from './read-file';
import type { FileRecord, RecordFile } from './read-records';

/** Each line one JSON object; empty lines are passed over. */
export function openNdjson(file: string): RecordFile {
  return { columns: undefined, unit: 'line', records: readObjects(file) };
}

async function* readObjects(file: string): AsyncGenerator<FileRecord> {
  let line = 0;
  for await (const text of readLines(file)) {
    line += 1;
    if (text.trim() !== '') yield readObject(text, line);
  }
}

function readObject(text: string, line: number): FileRecord {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { line, values: value as Record<string, unknown> };
    }
  } catch {
    // Said below: the parser's own words speak of positions within the line.
  }
  return { line, values: { text }, problem: 'is no JSON object' };
}
