import type { Log } from '../shared/log';
import type { Row } from '../warehouse/warehouse';
import type { AsideModels } from './aside/aside';
import { trainAll } from './aside/train-all';
import { confidenceRows } from './confidence/confidence-rows';
import { heldOutFitOf } from './confidence/held-out-models';
import {
  type Candidate,
  chooseModel,
  confidenceOf,
  type JudgedJourneys,
  type ModelConfidence,
  spreadOf,
} from './confidence/judge-models';
import { checkCredits } from './exposures/check-credits';
import type { CreditedModel } from './exposures/credit-table';
import type { ModelSpecs } from './exposures/model-specs';
import {
  type KnownVersions,
  type TrainModelsResult,
  trainingResult,
  trainingRow,
} from './exposures/trainings';
import type { TypedJourneys } from './exposures/typed-journeys';
import type { IhcParameters } from './ihc/parameters';
import type { LiftTest } from './lift/lift-test';
import { usableTests } from './lift/read-lift-tests';
import { heuristicCredits } from './models/heuristics';
import { ihcCredits } from './models/ihc-credits';
import type { ModelCredits, TimedJourneys } from './models/model-journeys';
import { keptBy } from './models/observation/kept';
import type { ModelSpec, TrainedModel } from './models/train-model';

/** One conversion type, and what its models are trained with. */
export interface TrainTypeInput {
  readonly typed: TypedJourneys;
  readonly specs: ModelSpecs;
  readonly known: KnownVersions;
  readonly trainedAt: string;
  /** Persons that the journeys of all types stand for. */
  readonly persons: number;
  readonly liftTests: readonly LiftTest[];
  /** Parameters of IHC, where it is switched on and trained. */
  readonly ihc?: IhcParameters;
  readonly train: (spec: ModelSpec, journeys: TimedJourneys) => TrainedModel;
  /** Those that are being trained on another core. */
  readonly aside?: AsideModels;
  readonly addCredits: (model: CreditedModel, credits: ModelCredits) => Promise<void>;
  readonly log?: Log;
}

export interface TrainTypeOutput {
  readonly results: readonly TrainModelsResult[];
  /** Rows of raw.model_trainings: what is new. */
  readonly trainings: readonly Row[];
  /** Rows of raw.model_confidence: all. */
  readonly confidence: readonly Row[];
}

/** Trains the models of one conversion type, judges them and chooses one. */
export async function trainTypeModels(input: TrainTypeInput): Promise<TrainTypeOutput> {
  const { typed, specs, known, trainedAt, log } = input;
  const { conversionType, journeys, customer } = typed;
  const { tests, refusals } = usableTests(input.liftTests, journeys);
  for (const refusal of refusals) log?.warn({ conversionType }, refusal);
  const judged: JudgedJourneys = { journeys, customer, tests, persons: input.persons };
  const measure = measurer(judged);
  const keep = async (
    spec: { readonly model: string; readonly kind: string },
    of: TrainedModel,
  ): Promise<Kept> => {
    const result = trainingResult(spec, conversionType, of, known);
    if (of.credits) await input.addCredits(result, of.credits);
    log?.info({ ...result }, `${spec.model} ${conversionType}: ${result.outcome}.`);
    const row = result.isNew ? trainingRow(result, typed, of, trainedAt) : undefined;
    return { result, row };
  };

  const kept = new Map<ModelSpec, Kept & { readonly candidate?: Candidate }>();
  const untrained = untrainedCandidates(input);
  for await (const { spec, trained, heldOut } of trainAll(input)) {
    const { result, row } = await keep(spec, trained);
    const { model, modelVersion } = result;
    const { credits } = trained;
    const candidate =
      credits && heldOut ? { candidate: { model, modelVersion, credits, heldOut } } : {};
    kept.set(spec, { result, row, ...candidate });
    // While another core is still at work, this one has time.
    for (const one of [...untrained, candidate.candidate]) if (one) measure(one);
  }
  // In the order of the settings, whichever was done first.
  const all: Kept[] = [];
  const candidates = [...untrained];
  for (const spec of specs.trained) {
    const { candidate, ...one } = kept.get(spec) as Kept & { readonly candidate?: Candidate };
    all.push(one);
    if (candidate) candidates.push(candidate);
  }
  if (specs.chosen !== undefined) {
    const { trained, heldOut, calibration } = choose(candidates, judged, refusals);
    if (trained.credits) checkCredits(specs.chosen, conversionType, journeys, trained.credits);
    const chosen = await keep({ model: specs.chosen, kind: 'chosen' }, trained);
    all.push(chosen);
    const { model, modelVersion } = chosen.result;
    const { credits } = trained;
    if (credits && heldOut) {
      const drawn = calibration ? { calibration } : {};
      candidates.push({ model, modelVersion, credits, heldOut, ...drawn });
    }
  }
  return {
    results: all.map(({ result }) => result),
    trainings: all.flatMap(({ row }) => (row === undefined ? [] : [row])),
    confidence: judge(candidates, measure, typed, specs.chosen),
  };
}

/** What became of a model, and its row of raw.model_trainings where that is new. */
interface Kept {
  readonly result: TrainModelsResult;
  readonly row: Row | undefined;
}

type Measure = (candidate: Candidate) => ModelConfidence | undefined;

/** `confidenceOf` each candidate, once; undefined where there are no conversions. */
function measurer(judged: JudgedJourneys): Measure {
  const hasConversions = judged.journeys.conversions.some((count) => count > 0);
  return keptBy((candidate: Candidate) =>
    hasConversions ? confidenceOf(candidate, judged) : undefined,
  );
}

/** What is not trained here, or not at all: rules, and IHC. */
function untrainedCandidates({ typed, specs, ihc }: TrainTypeInput): Candidate[] {
  const { journeys } = typed;
  const candidates = specs.rules.map(({ model, kind }): Candidate => {
    const heldOut = heldOutFitOf(kind, journeys);
    return { model, modelVersion: 'rule', credits: heuristicCredits(journeys, kind), heldOut };
  });
  if (ihc === undefined) return candidates;
  const modelVersion = ihc.model_version ?? 'ihc';
  const heldOut = heldOutFitOf('ihc', journeys);
  return [
    ...candidates,
    { model: 'ihc', modelVersion, credits: ihcCredits(journeys, ihc), heldOut },
  ];
}

const refused = (stopReason: string): TrainedModel => ({
  parameters: undefined,
  diagnostics: {},
  converged: false,
  stopReason,
});

/** The choice as one more model: its parameters say which, and what tests made of its channels. */
function choose(
  candidates: readonly Candidate[],
  judged: JudgedJourneys,
  refusals: readonly string[],
): { trained: TrainedModel } & Partial<Pick<Candidate, 'heldOut' | 'calibration'>> {
  const chosen = chooseModel(candidates, judged);
  if (chosen === undefined) {
    const reason =
      'No model is chosen: there is no lift test of these journeys, and no model predicts held-out journeys better than their base rate; import lift tests, or gather more data.';
    return { trained: refused([reason, ...refusals].join(' ')) };
  }
  const { candidate, credits, byLiftTests, calibration, reason, warnings } = chosen;
  const { model, modelVersion: model_version } = candidate;
  const trained: TrainedModel = {
    parameters: {
      model,
      model_version,
      effects: (byLiftTests?.effects ?? []).map((effect) => ({
        channel: effect.channel,
        model_conversion_count: effect.modelConversions,
        conversion_count: effect.conversions,
        standard_error: effect.standardError,
        lift_test_count: effect.testCount,
      })),
    },
    diagnostics: byLiftTests
      ? {
          fits: byLiftTests.fits,
          scale: byLiftTests.scale,
          relative_spread: byLiftTests.relativeSpread,
        }
      : {},
    converged: true,
    stopReason: [reason, ...warnings, ...refusals].join(' '),
    credits,
  };
  return { trained, heldOut: candidate.heldOut, ...(calibration ? { calibration } : {}) };
}

/** The four figures of every model that has credits. */
function judge(
  candidates: readonly Candidate[],
  measure: Measure,
  { conversionType, watchedUntil, journeys }: TypedJourneys,
  chosen: string | undefined,
): Row[] {
  const conversionCount = journeys.conversions.reduce((sum, count) => sum + count, 0);
  const models = candidates.flatMap((candidate) => measure(candidate) ?? []);
  // What is chosen is one of the others, or none: the spread is of models that stand for themselves.
  const spread = spreadOf(models.filter(({ model }) => model !== chosen));
  const context = { conversionType, conversionCount, watchedUntil, spread };
  return models.flatMap((model) => confidenceRows(model, context));
}
