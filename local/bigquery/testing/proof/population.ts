import { Random, streams } from '../../../demo/random/random';
import { dateText } from '../../sql/analyzer/value';

const MINUTE = 60_000_000;
const DAY = 1440 * MINUTE;
/** The last microsecond of 1999: times that a broken clock sent. */
export const FAR_BACK = Date.UTC(1999, 11, 31, 23, 59, 59) * 1000 + 999_999;
const FIRST_DAY = Date.UTC(2026, 0, 1) * 1000;
/** Each subject is active in so many spells. */
const SPELLS = 3;

/**
 * The people that all tables of one proof are about. Rows name the same few people again and
 * again, and their times lie close together, so that joins meet and events make sessions.
 */
export class Population {
  /** More than rows, so that a table whose key is a person can be filled. */
  readonly size: number;
  /** Days of the data, '2026-01-01' on. */
  private readonly days: number;

  constructor(
    readonly seed: number,
    rows: number,
  ) {
    this.size = Math.ceil(rows * 1.25) + 3;
    this.days = Math.max(40, Math.ceil(rows / 50));
  }

  /** Index of a person: few are met often, most seldom or never. */
  subject(random: Random): number {
    const u = random.uniform();
    return Math.floor(this.size * u * u * u);
  }

  /** Every day on which times can lie, those far back too. */
  get allDays(): string[] {
    // Two more: times may follow the last moment by hours.
    const days = Array.from({ length: this.days + 2 }, (_, index) => FIRST_DAY + index * DAY);
    return [FAR_BACK, ...days].map((micros) => dateText(Math.floor(micros / DAY)));
  }

  /** A time of the subject, in microseconds: within 40 minutes of the beginning of a spell. */
  moment(subject: number, random: Random): number {
    const spell = new Random(this.seed, streams.proof, subject * SPELLS + random.below(SPELLS));
    const start = FIRST_DAY + spell.below(this.days) * DAY + spell.below(1440) * MINUTE;
    if (random.chance(0.1)) return start;
    const seconds = random.below(2400) * 1_000_000;
    return start + seconds + (random.chance(0.2) ? random.below(1_000_000) : 0);
  }
}
