import { heldOutFitOf } from '@tributary/functions/attribution/confidence/held-out-models';
import * as gbdtScore from '@tributary/functions/attribution/models/gbdt/score';
import { train as trainGbdt } from '@tributary/functions/attribution/models/gbdt/train';
import * as hazardScore from '@tributary/functions/attribution/models/hazard/score';
import { train as trainHazard } from '@tributary/functions/attribution/models/hazard/train';
import { heuristicCredits } from '@tributary/functions/attribution/models/heuristics';
import * as logitScore from '@tributary/functions/attribution/models/incremental-logit/score';
import { train as trainLogit } from '@tributary/functions/attribution/models/incremental-logit/train';
import type {
  ModelCredits,
  TimedJourneys,
} from '@tributary/functions/attribution/models/model-journeys';
import { keptBy } from '@tributary/functions/attribution/models/observation/kept';
import { channelShares, expectWholeCredits, visitJourneys } from './timed-journeys';

const effects = [
  { rate: 0.05, tau: 72 },
  { rate: 0.08, tau: 240 },
  { rate: 0, tau: 48 },
];
const { journeys, caused } = visitJourneys({ base: 0.01, effects, persons: 2_500 });
const trap = 2;
/** Nobody has seen a visit without a channel. */
const BASE_ERROR = 0.16;

const creditsOf: Readonly<Record<string, (of: TimedJourneys) => ModelCredits>> = {
  hazard: (of) => hazardScore.score(of, known(trainHazard(of).parameters)),
  incremental_logit: (of) => logitScore.score(of, known(trainLogit(of).parameters)),
  gbdt: (of) => gbdtScore.score(of, known(trainGbdt(of).parameters)),
};
const models = Object.keys(creditsOf);
const credited = (model: string, of = journeys) => {
  const known = trainedOn(of);
  const credits = known.get(model) ?? (creditsOf[model] as (of: TimedJourneys) => ModelCredits)(of);
  known.set(model, credits);
  return credits;
};
const trainedOn = keptBy((_: TimedJourneys) => new Map<string, ModelCredits>());

function known<T>(parameters: T | undefined): T {
  if (parameters === undefined) throw new Error('The model was refused.');
  return parameters;
}

/** Half the sum of distances between channel shares and what the channels caused. */
function errorOf(credits: ModelCredits): number {
  const whole = caused.reduce((sum, value) => sum + value, 0);
  return (
    channelShares(journeys, credits).reduce(
      (sum, share, code) => sum + Math.abs(share - (caused[code] as number) / whole),
      0,
    ) / 2
  );
}

/** The journeys with flags, and of another length, of the visit that converts. */
function withConvertingVisit(minutes: number): TimedJourneys {
  const { offsets, conversions } = journeys;
  const columns = {
    holder: journeys.holder.slice(),
    closer: journeys.closer.slice(),
    hoursToEnd: journeys.hoursToEnd.slice(),
    hoursObserved: journeys.hoursObserved.slice(),
  };
  conversions.forEach((count, journey) => {
    if (count > 0) {
      const from = offsets[journey] as number;
      const last = (offsets[journey + 1] as number) - 1;
      columns.holder[last] = 1;
      columns.closer[last] = 1;
      const stay = journeys.hoursToEnd[last] as number;
      for (let touch = from; touch <= last; touch += 1) {
        columns.hoursToEnd[touch] = (journeys.hoursToEnd[touch] as number) - stay + minutes / 60;
      }
      columns.hoursObserved[journey] =
        (journeys.hoursObserved[journey] as number) - stay + minutes / 60;
    }
  });
  return { ...journeys, ...columns };
}

function baseShareOf({ conversions }: TimedJourneys, { baseShare }: ModelCredits): number {
  const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
  return (
    sum(baseShare.map((share, journey) => share * (conversions[journey] as number))) /
    sum(conversions)
  );
}

describe('where conversions come in visits', () => {
  it.each(models)('%s is nearer to the truth than the last touch', (model) => {
    const credits = credited(model);
    expectWholeCredits(journeys, credits);
    expect(errorOf(credits)).toBeLessThan(0.5 * errorOf(heuristicCredits(journeys, 'last')));
    expect(channelShares(journeys, credits)[trap]).toBeLessThan(0.12);
  });

  it.each(models)('%s leaves the base about what it had', (model) => {
    const conversions = journeys.conversions.reduce((sum, count) => sum + count, 0);
    const truth = 1 - caused.reduce((sum, value) => sum + value, 0) / conversions;
    const share = baseShareOf(journeys, credited(model));
    expect(Math.abs(share - truth)).toBeLessThan(BASE_ERROR);
  });

  it('the hazard finds effects and how they fade', () => {
    const fit = trainHazard(journeys);
    const { channels, base_rate, asked_at } = known(fit.parameters);
    expect(asked_at).toBe('visits');
    expect(fit.diagnostics.bounded_channels).toEqual([]);
    effects.slice(0, 2).forEach(({ rate, tau }, channel) => {
      const found = channels[`channel ${channel}`] as { rate: number; tau_hours: number };
      expect(found.rate / rate).toBeGreaterThan(0.7);
      expect(found.rate / rate).toBeLessThan(1.4);
      expect(found.tau_hours / tau).toBeGreaterThan(0.6);
      expect(found.tau_hours / tau).toBeLessThan(1.7);
    });
    expect(base_rate).toBeGreaterThan(0.003);
    expect(base_rate).toBeLessThan(0.03);
  });

  it.each(models)('%s reads nothing that converting brings about', (model) => {
    const plain = credited(model);
    const flagged = credited(model, withConvertingVisit(45));
    expect(
      Math.max(
        ...plain.credit.map((credit, touch) =>
          Math.abs(credit - (flagged.credit[touch] as number)),
        ),
      ),
    ).toBeLessThan(1e-6);
  });

  it.each(models)('%s predicts held-out visits, not which visit was the last', (model) => {
    const fit = heldOutFitOf(model, journeys);
    // What a visit will bring is mostly chance: far below the base rate's loss is a leak.
    expect(fit).toMatchObject({ isTested: true });
    if (fit.isTested) {
      expect(fit.logLoss).toBeGreaterThan(0.8 * fit.baseRateLogLoss);
      expect(fit.logLoss).toBeLessThan(1.02 * fit.baseRateLogLoss);
    }
  });
});

describe('where some visit far more often than others', () => {
  const paces = [0.5, 1, 4];
  const plain = { base: 0.01, effects, persons: 2_500, paces };
  const moved = visitJourneys(plain).journeys;
  const willing = visitJourneys({ ...plain, wants: true }).journeys;

  it('visits that move them are the touches\u2019, and no intent', () => {
    const parameters = known(trainLogit(moved).parameters);
    expect(parameters.touch_elasticity).toBeDefined();
    expect(parameters.intent).toBeUndefined();
    expect(known(trainGbdt(moved).parameters).intent).toBeUndefined();
    expect(baseShareOf(moved, credited('incremental_logit', moved))).toBeLessThan(0.32);
    expect(baseShareOf(moved, credited('gbdt', moved))).toBeLessThan(0.32);
  });

  it('who visits because of wanting is told by intent', () => {
    const parameters = known(trainLogit(willing).parameters);
    expect(parameters.touch_elasticity).toBeUndefined();
    expect(parameters.intent?.shape).toBeLessThan(10);
    expect(known(trainGbdt(willing).parameters).intent).toEqual(parameters.intent);
  });
});
