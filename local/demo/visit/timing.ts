import type { Random } from '../random/random';
import type { Person } from '../shop/persons';

const hourMillis = 3_600_000;
const dayMillis = 24 * hourMillis;

/** Moves a moment to the hours at which the person likes to browse, on the same day. */
function atHabit(random: Random, person: Person, time: number): number {
  const day = Math.floor(time / dayMillis) * dayMillis;
  const hour = person.habitHour + random.between(-2, 2) + random.between(-2, 2);
  return day + Math.round(hour * hourMillis);
}

/** The first visit: any day of the period, a little more in its first half so that journeys can end. */
export function firstVisit(random: Random, person: Person, startsAt: number, endsAt: number) {
  const share = Math.min(random.uniform(), random.between(0.15, 1.05));
  const time = atHabit(random, person, startsAt + share * (endsAt - startsAt));
  return Math.min(Math.max(time, startsAt), endsAt - 1);
}

/** The next visit: minutes to weeks later; slower once the wish was satisfied. */
export function nextVisit(random: Random, person: Person, after: number, hasOrdered: boolean) {
  const pace = hasOrdered ? 1.2 : 1;
  const kind = random.weighted([26, 46, 28]);
  if (kind === 0) return after + Math.round(random.between(0.7, 9) * hourMillis);
  const days = kind === 1 ? random.between(0.5, 4) : random.between(4, 12);
  const time = atHabit(random, person, after + days * pace * dayMillis);
  return time > after + hourMillis ? time : time + dayMillis;
}
