import type { DuckDBDataChunk } from '@duckdb/node-api';
import { UserError } from '../../shared/errors';
import { isSessionTime, parseTimestamp } from '../ihc/timestamps';
import { lineOfRecord } from './csv-lines';
import { Dictionary, GrowingColumn } from './growing-columns';
import type { JourneyFile, JourneyFileOptions } from './journeys-file';
import { type JourneySelection, KEY_SEPARATOR, SELECTED } from './journeys-selection';
import type { RowSource } from './journeys-source';

type Values = readonly unknown[];

/** Turns chunks of rows into journey columns and checks each value on the way. */
export class RowReader {
  private readonly journeys = new Dictionary();
  private readonly sessionIds: (string | number)[] = [];
  private currentJourney = -1;
  private readonly journey = new GrowingColumn((length) => new Int32Array(length));
  private readonly time = new GrowingColumn((length) => new Float64Array(length));
  private readonly channel = new GrowingColumn((length) => new Int32Array(length));
  private readonly holder = new GrowingColumn((length) => new Uint8Array(length));
  private readonly closer = new GrowingColumn((length) => new Uint8Array(length));
  private readonly conversion = new GrowingColumn((length) => new Uint8Array(length));
  private readonly numbers: GrowingColumn<Float64Array>[];

  constructor(
    private readonly source: RowSource,
    private readonly selection: JourneySelection,
    private readonly options: JourneyFileOptions,
  ) {
    this.numbers = selection.numbers.map(
      () => new GrowingColumn((length) => new Float64Array(length)),
    );
  }

  get rowCount(): number {
    return this.sessionIds.length;
  }

  read(chunk: DuckDBDataChunk): void {
    const column = (index: number): Values => chunk.getColumnValues(index);
    const keys = column(SELECTED.journeyKey);
    const sessionIds = column(SELECTED.sessionId);
    const times = column(SELECTED.time);
    const timeTexts = column(SELECTED.timeText);
    const channels = column(SELECTED.channel);
    const holders = column(SELECTED.holder);
    const closers = column(SELECTED.closer);
    const conversions = column(SELECTED.conversion);
    const numbers = this.numbers.map((_, index) => column(SELECTED.firstNumber + index));
    const { names } = this.selection;
    for (let row = 0; row < chunk.rowCount; row += 1) {
      this.journey.push(this.journeyOf(keys[row]));
      this.time.push(this.timeOf(times[row] ?? timeTexts[row]));
      this.channel.push(this.channelOf(channels[row]));
      this.holder.push(this.flag(holders[row], names.holder));
      this.closer.push(this.flag(closers[row], names.closer));
      if (names.conversion !== undefined) {
        this.conversion.push(this.flag(conversions[row], names.conversion));
      }
      this.numbers.forEach((target, index) => {
        target.push(this.share(numbers[index]?.[row], this.selection.numbers[index] as string));
      });
      // Last: while a row is being read, rowCount is its index.
      this.sessionIds.push(this.sessionIdOf(sessionIds[row]));
    }
  }

  finish(): JourneyFile {
    const hasRequests = this.selection.names.request !== undefined;
    const keys = this.journeys.entries;
    const cut = (key: string) => key.indexOf(KEY_SEPARATOR);
    return {
      columns: {
        rowCount: this.rowCount,
        journey: this.journey.finish(),
        journeyIds: keys,
        sessionIds: this.sessionIds,
        time: this.time.finish(),
        channel: this.channel.finish(),
        channels: this.selection.channels,
        holder: this.holder.finish(),
        closer: this.closer.finish(),
        ...(this.selection.names.conversion === undefined
          ? {}
          : { conversion: this.conversion.finish() }),
      },
      conversionIds: hasRequests ? keys.map((key) => key.slice(cut(key) + 1)) : keys,
      ...(hasRequests ? { requests: keys.map((key) => key.slice(0, cut(key))) } : {}),
      numbers: new Map(
        this.selection.numbers.map((name, index) => [
          name,
          (this.numbers[index] as GrowingColumn<Float64Array>).finish(),
        ]),
      ),
    };
  }

  private journeyOf(key: unknown): number {
    if (key === '') {
      const { conversionId, request } = this.selection.names;
      const column = request === undefined ? conversionId : `${request} or ${conversionId}`;
      throw this.refusal(column, 'is empty', 'give every session the id of its conversion');
    }
    if (typeof key === 'string') {
      this.currentJourney = this.journeys.codeOf(key);
    }
    return this.currentJourney;
  }

  private sessionIdOf(value: unknown): string | number {
    if ((typeof value !== 'string' && typeof value !== 'number') || value === '') {
      throw this.refusal(this.selection.names.sessionId, 'is empty', 'give every session an id');
    }
    return value;
  }

  private timeOf(value: unknown): number {
    if (value === null || value === undefined || value === '') {
      if (this.options.missing === 'keep') {
        return Number.NaN;
      }
      throw this.refusal(this.selection.names.time, 'is empty', 'give every session its start');
    }
    const time = typeof value === 'string' ? parseTimestamp(value) : Number(value);
    if (Number.isNaN(time)) {
      throw this.refusal(
        this.selection.names.time,
        `is no time (${shown(value)})`,
        'write it as YYYY-MM-DD HH:MM:SS, with +ZZZZ where it is not UTC',
      );
    }
    if (!isSessionTime(time)) {
      throw this.refusal(
        this.selection.names.time,
        `is out of range (${shown(value)})`,
        'give times between 1970 and 2199',
      );
    }
    return time;
  }

  private channelOf(value: unknown): number {
    if (typeof value === 'number') {
      return value;
    }
    if (this.options.missing === 'keep') {
      return -1;
    }
    throw this.refusal(
      this.selection.names.channel,
      'is empty',
      'give every session a channel, such as Direct',
    );
  }

  private flag(value: unknown, column: string): number {
    if (value !== 0 && value !== 1) {
      throw this.refusal(column, 'is neither 0 nor 1', 'write 1 for yes and 0 for no');
    }
    return value;
  }

  private share(value: unknown, column: string): number {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw this.refusal(column, 'is no number', 'write it with a decimal point');
    }
    if (value < 0 || value > 1) {
      throw this.refusal(column, `is ${value}`, 'give shares from 0 to 1, no percentages');
    }
    return value;
  }

  private refusal(column: string, wrong: string, mend: string): UserError {
    const index = this.rowCount;
    const { file, format } = this.source;
    const place =
      format === 'csv'
        ? `line ${lineOfRecord(file, index)}`
        : `${format === 'ndjson' ? 'line' : 'row'} ${index + 1}`;
    return new UserError(`${file}, ${place}: column ${column} ${wrong}; ${mend}.`);
  }
}

function shown(value: unknown): string {
  const text = String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
