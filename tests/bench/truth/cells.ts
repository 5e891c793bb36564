import { exposureDecision, exposureRate, sessions, timing } from './families';
import type { Family, WorldSettings } from './world';

export interface Cell {
  readonly name: string;
  readonly family: Family;
  readonly settings: WorldSettings;
}

/** Each family without and with targeting on unseen intent; timing also seen from the first touch. */
export function benchCells(persons: number): Cell[] {
  const cell = (
    name: string,
    family: Family,
    targeted: boolean,
    watchedFrom: WorldSettings['watchedFrom'],
  ): Cell => ({
    name,
    family,
    settings: { persons, days: 120, intentSpread: targeted ? 1 : 0, targeted, watchedFrom },
  });
  return [
    cell('T', timing, false, 'start'),
    cell('T+', timing, true, 'start'),
    cell('Tf', timing, false, 'first_touch'),
    cell('Tf+', timing, true, 'first_touch'),
    cell('R', exposureRate, false, 'start'),
    cell('Rf+', exposureRate, true, 'first_touch'),
    cell('D', exposureDecision, false, 'start'),
    cell('Df+', exposureDecision, true, 'first_touch'),
    cell('Sf', sessions, false, 'first_touch'),
    cell('Sf+', sessions, true, 'first_touch'),
  ];
}

/** Cells of families that we do not know: without and with targeting, watched from the start or not. */
export function familyCells(families: readonly Family[], persons: number): Cell[] {
  return families.flatMap((family) =>
    [false, true].flatMap((targeted) =>
      (['start', 'first_touch'] as const).map((watchedFrom) => ({
        name: `${family.name.slice(0, 3)}${watchedFrom === 'start' ? '' : 'f'}${targeted ? '+' : ''}`,
        family,
        settings: { persons, days: 120, intentSpread: targeted ? 1 : 0, targeted, watchedFrom },
      })),
    ),
  );
}

export const OUR_FAMILIES: ReadonlySet<Family> = new Set([
  timing,
  exposureRate,
  exposureDecision,
  sessions,
]);

export const LEGEND = [
  'T timing: rates that fade; R exposure: rates that saturate; D exposure: one decision;',
  'S sessions: conversions in visits, which are touches of their journeys.',
  '+ intent is unseen, brand search and retargeting reach who has it. f: persons are known from',
  'their first touch. Each world has two channels without effect. * better than all open models.',
];
