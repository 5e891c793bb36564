import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { parseMatchSettings } from '@tributary/functions/identity/settings';
import { openMatchWarehouse } from '@tributary/local/cli/match/match-warehouse';
import { matchState } from '@tributary/local/cli/match/state/match-state';
import { findProject } from '@tributary/local/cli/project';
import type { PersonsFile } from './persons';
import { scoreClusters } from './score';
import { measureStages } from './stages';

/** A file of persons in two: those that are there, and those that come later, all through the file. */
export interface SplitFile {
  readonly earlier: string;
  readonly arrivals: string;
  /** By place in the earlier file: the person. */
  readonly persons: Int32Array;
}

export async function splitArrivals(
  folder: string,
  { file, persons }: PersonsFile,
  count: number,
): Promise<SplitFile> {
  const every = Math.floor(persons.length / count);
  const [earlier, arrivals] = [join(folder, 'earlier.csv'), join(folder, 'arrivals.csv')];
  const streams = [createWriteStream(earlier), createWriteStream(arrivals)] as const;
  const kept: number[] = [];
  let record = -1;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const isNew = record % every === every - 1 && record < every * count;
    if (record < 0) for (const stream of streams) stream.write(`${line}\n`);
    else streams[isNew ? 1 : 0].write(`${line}\n`);
    if (record >= 0 && !isNew) kept.push(persons[record] as number);
    record += 1;
  }
  for (const stream of streams) stream.end();
  await Promise.all(streams.map((stream) => finished(stream)));
  return { earlier, arrivals, persons: Int32Array.from(kept) };
}

/** Matches the new records against the state, from file to clusters; what it took and how well. */
export async function measureArrivals(
  folder: string,
  file: string,
  persons: Int32Array,
): Promise<{ readonly text: string; readonly seconds: number }> {
  const state = join(folder, 'state');
  const { text, seconds } = await measureStages((progress) =>
    matchState({
      project: findProject(),
      inputs: [file],
      settings: parseMatchSettings({}, 'defaults'),
      hasSettings: false,
      state,
      out: join(folder, 'changes.csv'),
      pairs: undefined,
      progress,
    }),
  );
  const warehouse = await openMatchWarehouse(findProject(), state);
  try {
    const relation = await warehouse.relation('SELECT record_id, cluster_no FROM match.known');
    const read = await warehouse.files.runAndReadAll(
      `SELECT record_id::INTEGER, cluster_no::INTEGER FROM ${relation}`,
    );
    const [ids = [], clusterNumbers = []] = read.getColumnsJS() as [number[], number[]];
    const clusters = new Int32Array(persons.length);
    for (const [at, id] of ids.entries()) clusters[id] = clusterNumbers[at] as number;
    const { f1 } = scoreClusters(persons, clusters);
    return { text: `${text}; F1 of all ${f1.toFixed(4)}`, seconds };
  } finally {
    await warehouse.close();
  }
}
