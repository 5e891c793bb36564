import { formatBytes } from '@tributary/local/cli/costs/price';
import { formatTable } from '@tributary/local/cli/table';
import { type MeasuredRun, sumOf } from './measured-run';

/** What was measured of one size. */
export interface MeasuredSize {
  readonly events: number;
  /** Raw events of the last day. */
  readonly dayEvents: number;
  /** 90 days on an empty warehouse, then one more day. */
  readonly full: MeasuredRun;
  readonly day: MeasuredRun;
  /** Seconds of the hand-written SQL. */
  readonly limit: number;
}

/** What is asked of the largest size and of each day. */
export const ALLOWED = {
  events: 20_000_000,
  seconds: 240,
  megabytes: 8192,
  dayBytes: 0.05,
  daySeconds: 0.15,
  /** Seconds an event of a size beside those of the size before. */
  growth: 1.1,
} as const;

const count = (value: number) => value.toLocaleString('en');
const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
const bytesOf = (run: MeasuredRun) => sumOf(run, ({ bytesRead }) => bytesRead);
/** Without dataform's own time, which no number of events changes. */
const jobSeconds = (run: MeasuredRun) => sumOf(run, ({ seconds }) => seconds);
/** For growth: the processor's, where the system tells it, since the machine may be busy. */
const workSeconds = (run: MeasuredRun) => run.processorSeconds || jobSeconds(run);

export function printModels(size: MeasuredSize): string {
  const ofDay = new Map(size.day.models.map((cost) => [cost.model, cost]));
  const rows = size.full.models.map(({ model, seconds, bytesRead }) => [
    model,
    seconds.toFixed(1),
    formatBytes(bytesRead),
    (ofDay.get(model)?.seconds ?? 0).toFixed(1),
    formatBytes(ofDay.get(model)?.bytesRead ?? 0),
  ]);
  return formatTable(['model', 'seconds', 'read', 'one day', 'read'], rows);
}

export function printSizes(sizes: readonly MeasuredSize[]): string {
  const rows = sizes.map(({ events, full, day, limit }) => [
    count(events),
    full.seconds.toFixed(1),
    jobSeconds(full).toFixed(1),
    full.processorSeconds.toFixed(1),
    count(Math.round(events / full.seconds)),
    `${full.memory.server} MB`,
    `${full.memory.analyzer} MB`,
    `${full.memory.dataform} MB`,
    formatBytes(bytesOf(full)),
    limit.toFixed(1),
    `${percent(day.seconds / full.seconds)}`,
    `${percent(bytesOf(day) / bytesOf(full))}`,
  ]);
  const head = [
    'events',
    'seconds',
    'of models',
    'processor s',
    'rows/s',
    'memory',
    'analyzer',
    'dataform',
  ];
  return formatTable([...head, 'read', 'by hand s', 'day time', 'day read'], rows);
}

/** A sentence for each limit that was exceeded. */
export function exceeded(sizes: readonly MeasuredSize[]): string[] {
  return sizes.flatMap(({ events, full, day }, index) => {
    const name = `${count(events)} events`;
    const before = sizes[index - 1];
    const perEvent = workSeconds(full) / events;
    const perEventBefore = before ? workSeconds(before.full) / before.events : perEvent;
    const isLargest = events >= ALLOWED.events * 0.98;
    const found: [boolean, string][] = [
      [isLargest && full.seconds > ALLOWED.seconds, `took above ${ALLOWED.seconds} s`],
      [full.memory.server > ALLOWED.megabytes, `needed above ${ALLOWED.megabytes} MB`],
      [perEvent > perEventBefore * ALLOWED.growth, 'cost more an event than fewer did'],
      [bytesOf(day) > bytesOf(full) * ALLOWED.dayBytes, `read too much for one more day`],
      // Of few events most of a run is dataform's own time.
      [
        isLargest && day.seconds > full.seconds * ALLOWED.daySeconds,
        `took too long for one more day`,
      ],
    ];
    return found.filter(([is]) => is).map(([, sentence]) => `${name} ${sentence}`);
  });
}
