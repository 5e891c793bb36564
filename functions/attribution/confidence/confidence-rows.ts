import type { Row } from '../../warehouse/warehouse';
import type { HeldOutFit } from './held-out';
import type { ModelConfidence } from './judge-models';
import type { ModelSpread } from './model-spread';

export interface ConfidenceContext {
  readonly conversionType: string;
  /** Conversions that the shares are of. */
  readonly conversionCount: number;
  /** Until when journeys were watched; ISO 8601. */
  readonly watchedUntil: string;
  readonly spread: readonly ModelSpread[];
}

/** The rows of raw.model_confidence: one per channel of the model, and one of its base. */
export function confidenceRows(
  { model, modelVersion, shares, heldOut, agreement }: ModelConfidence,
  { conversionType, conversionCount, watchedUntil, spread }: ConfidenceContext,
): Row[] {
  return shares.map(({ channel, share, low, high }): Row => {
    const between = spread.find((one) => one.channel === channel);
    const lift = agreement.find((one) => one.channel === channel);
    return {
      conversion_type: conversionType,
      model,
      model_version: modelVersion,
      channel,
      watched_until: watchedUntil,
      conversion_count: conversionCount,
      conversion_share: rounded(share),
      sampling_low_share: rounded(low),
      sampling_high_share: rounded(high),
      spread_low_share: between ? rounded(between.low) : null,
      spread_high_share: between ? rounded(between.high) : null,
      spread_model_count: between?.models.length ?? 0,
      ...heldOutColumns(heldOut),
      lift_status: lift?.status ?? 'not validated',
      lift_test_count: lift?.testCount ?? 0,
      lift_standard_errors: lift?.standardErrors == null ? null : rounded(lift.standardErrors),
    };
  });
}

function heldOutColumns(fit: HeldOutFit): Row {
  if (!fit.isTested) {
    return {
      held_out_status: 'not tested',
      held_out_reason: fit.reason,
      held_out_log_loss: null,
      base_rate_log_loss: null,
      calibration_error: null,
    };
  }
  return {
    held_out_status: fit.passes ? 'passes' : 'fails',
    held_out_reason: null,
    held_out_log_loss: rounded(fit.logLoss),
    base_rate_log_loss: rounded(fit.baseRateLogLoss),
    calibration_error: rounded(fit.calibrationError),
  };
}

/** To 9 digits: the last bits are the machine's. */
const rounded = (value: number): number => Number(value.toPrecision(9));
