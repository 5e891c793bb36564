import { messageOf } from '../../shared/errors';
import type { Log } from '../../shared/log';
import { checkCredits } from '../exposures/check-credits';
import type { ModelSpecs } from '../exposures/model-specs';
import type { TypedJourneys } from '../exposures/typed-journeys';
import type { TimedJourneys } from '../models/model-journeys';
import type { ModelSpec, TrainedModel } from '../models/train-model';
import type { AsideModels } from './aside';
import { type JudgedModel, trainJudged } from './train-judged';

export interface TrainAllInput {
  readonly typed: TypedJourneys;
  readonly specs: Pick<ModelSpecs, 'trained'>;
  readonly train: (spec: ModelSpec, journeys: TimedJourneys) => TrainedModel;
  /** Those that were given to another core. */
  readonly aside?: AsideModels;
  readonly log?: Log;
}

/** First what is trained here, and what another core had no time for; then what that one trained. */
export async function* trainAll(
  input: TrainAllInput,
): AsyncGenerator<JudgedModel & { readonly spec: ModelSpec }> {
  const { specs, aside } = input;
  const there: { readonly spec: ModelSpec; readonly answer: Promise<JudgedModel> }[] = [];
  for (const spec of specs.trained) {
    if (!aside?.has(spec)) yield { spec, ...(await tryToTrain(spec, input)) };
  }
  for (const [spec, { takeBack, answer }] of aside ?? []) {
    if (takeBack()) yield { spec, ...(await tryToTrain(spec, input)) };
    else there.push({ spec, answer });
  }
  for (const { spec, answer } of there) yield { spec, ...(await tryToTrain(spec, input, answer)) };
}

/** A model that fails leaves its conversions untrained; the others go on. */
async function tryToTrain(
  spec: ModelSpec,
  { typed, train, log }: TrainAllInput,
  there?: Promise<JudgedModel>,
): Promise<JudgedModel> {
  const { conversionType, journeys } = typed;
  try {
    const judged = there ? await there : trainJudged(spec, journeys, train);
    const { credits } = judged.trained;
    if (credits) checkCredits(spec.model, conversionType, journeys, credits);
    return judged;
  } catch (error) {
    log?.error({ err: error }, `${spec.model} ${conversionType} failed.`);
    const stopReason = messageOf(error);
    return { trained: { parameters: undefined, diagnostics: {}, converged: false, stopReason } };
  }
}
