import { sha256 } from '@tributary/functions/shared/hash';
import { Random, streams } from '../random/random';
import { type Device, makeDevices } from './devices';
import { categoryNames } from './products';

/** What a person lets the shop keep: nothing, statistics, or everything. */
export type Consent = 'none' | 'analytics' | 'all';

type SignInHabit = 'stays' | 'sometimes' | 'never';

/** The traits of a person, drawn before the first visit. */
export interface Person {
  readonly index: number;
  readonly id: string;
  readonly persona: 0 | 1 | 2 | 3;
  readonly country: string;
  readonly language: string;
  /** Currency of the orders. */
  readonly currency: string;
  readonly household: number;
  readonly householdId: string;
  readonly devices: readonly Device[];
  readonly consent: Consent;
  readonly signInHabit: SignInHabit;
  /** Multiplies every hazard. */
  readonly propensity: number;
  /** A window-shopper hardly comes back. */
  readonly isLoyal: boolean;
  /** The hour of the day at which this person likes to browse. */
  readonly habitHour: number;
  readonly favouriteCategories: readonly [number, number];
  readonly emailSha256: string;
  /** Some order under another address than the one of their account. */
  readonly guestEmailSha256: string;
  readonly phoneSha256: string | null;
  readonly userId: string;
}

const countries = [
  { code: 'DE', language: 'de-DE', otherLanguage: 'en-US', currency: 'EUR', weight: 52 },
  { code: 'AT', language: 'de-AT', otherLanguage: 'en-US', currency: 'EUR', weight: 9 },
  { code: 'CH', language: 'de-CH', otherLanguage: 'en-US', currency: 'EUR', weight: 6 },
  { code: 'NL', language: 'nl-NL', otherLanguage: 'en-US', currency: 'EUR', weight: 8 },
  { code: 'GB', language: 'en-GB', otherLanguage: 'pl-PL', currency: 'GBP', weight: 17 },
  { code: 'US', language: 'en-US', otherLanguage: 'es-US', currency: 'USD', weight: 8 },
] as const;

export const countryCodes: readonly string[] = countries.map((country) => country.code);
const countryWeights = countries.map((country) => country.weight);
const personas = [0, 1, 2, 3] as const;
const consents = ['none', 'analytics', 'all'] as const;
const habits = ['stays', 'sometimes', 'never'] as const;
const hourWeights = [3, 4, 5, 5, 6, 5, 4, 4, 5, 6, 8, 10, 12, 12, 8];

/** Whether the person founds a household or lives with the one before. */
function foundsHousehold(seed: number, index: number): boolean {
  return index === 0 || !new Random(seed, streams.household, index).chance(0.32);
}

/** The household is named by the person who founded it, so that more persons change nothing. */
function householdOf(seed: number, index: number): number {
  let founder = index;
  while (!foundsHousehold(seed, founder)) founder--;
  return founder;
}

const drawCountry = (random: Random) => countries[random.weighted(countryWeights)] ?? countries[0];

/** Draws a person; `random` is the person's own stream and goes on with the visits. */
export function makePerson(
  { seed, startsAt }: { readonly seed: number; readonly startsAt: number },
  index: number,
  random: Random,
): Person {
  const household = householdOf(seed, index);
  const own = drawCountry(random);
  // Who moved in lives in the country of the founder, whose first draw it is.
  const country =
    household === index ? own : drawCountry(new Random(seed, streams.person, household));
  const traits = new Random(seed, streams.device, index);
  const first = random.below(categoryNames.length);
  const email = `person.${seed}.${index}@mail.example`;
  return {
    index,
    id: `person-${String(index + 1).padStart(7, '0')}`,
    persona: personas[random.weighted([34, 30, 20, 16])] ?? 0,
    country: country.code,
    // Some have set their browsers to another language than their neighbours'.
    language: traits.chance(0.08) ? country.otherLanguage : country.language,
    currency: country.currency,
    household,
    householdId: `household-${String(household + 1).padStart(7, '0')}`,
    devices: makeDevices(random, traits, startsAt),
    consent: consents[random.weighted([6, 9, 85])] ?? 'all',
    signInHabit: habits[random.weighted([42, 38, 20])] ?? 'never',
    propensity: random.lognormal(1, 0.5),
    isLoyal: random.chance(0.82),
    habitHour: 7 + random.weighted(hourWeights),
    favouriteCategories: [first, (first + 1 + random.below(7)) % categoryNames.length],
    emailSha256: sha256(email),
    guestEmailSha256: random.chance(0.06) ? sha256(`other.${email}`) : sha256(email),
    phoneSha256: random.chance(0.35) ? sha256(`+4915${10_000_000 + index}${seed % 10}`) : null,
    userId: `u-${100_000 + index}`,
  };
}
