import type { Random } from '../random/random';

const hourMillis = 3_600_000;
const dayMillis = 24 * hourMillis;

/** The newsletter goes out on Tuesdays at eight; it is opened within a day or two. */
export function newsletterVisit(random: Random, after: number): number {
  const day = Math.floor(after / dayMillis);
  // 1970-01-01 was a Thursday: day 5 is a Tuesday.
  const daysToTuesday = (5 - (day % 7) + 7) % 7 || 7;
  const delay = Math.min(random.exponential(9), 60) * hourMillis;
  return (day + daysToTuesday) * dayMillis + 8 * hourMillis + Math.round(delay);
}

/** The Tuesday on which the newsletter last went out, as 2026-09-08. */
export function issueOf(time: number): string {
  const day = Math.floor(time / dayMillis);
  return new Date((day - ((day + 2) % 7)) * dayMillis).toISOString().slice(0, 10);
}
