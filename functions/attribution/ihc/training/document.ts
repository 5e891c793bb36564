import { type IhcParameters, modelVersionOf, PARAMETERS_FORMAT_VERSION } from '../parameters';
import type { Fit } from './fit';

export interface DocumentContext {
  readonly conversionType: string;
  readonly trainedAt: Date;
  readonly channels: readonly string[];
  readonly diagnostics: unknown;
}

/**
 * A fit as the parameters document. Numbers are rounded (hours to 4 decimals, weights and
 * memberships to 6), so that the version does not hang on the last bits of a machine's arithmetic.
 */
export function parametersDocument(fit: Fit, context: DocumentContext): IhcParameters {
  const { phaseWeights, channelWeights } = fit;
  const parameters: IhcParameters = {
    format_version: PARAMETERS_FORMAT_VERSION,
    conversion_type: context.conversionType,
    trained_at: context.trainedAt.toISOString(),
    phase_weights: {
      initializer: round(phaseWeights.initializer, 6),
      holder: round(phaseWeights.holder, 6),
      closer: round(phaseWeights.closer, 6),
    },
    reset_gap_hours: Number.isFinite(fit.resetGapHours) ? round(fit.resetGapHours, 4) : null,
    initializer_curve: {
      gap_hours: roundAll(fit.initializerCurve.at, 4),
      membership: roundAll(fit.initializerCurve.value, 6),
    },
    closer_curve: {
      hours_to_conversion: roundAll(fit.closerCurve.at, 4),
      membership: roundAll(fit.closerCurve.value, 6),
    },
    channel_weights: Object.fromEntries(
      context.channels
        .map((channel, code) => ({ channel, code }))
        .sort((a, b) => (a.channel < b.channel ? -1 : 1))
        .map(({ channel, code }) => [
          channel,
          {
            initializer: round(channelWeights.initializer[code] as number, 6),
            holder: round(channelWeights.holder[code] as number, 6),
            closer: round(channelWeights.closer[code] as number, 6),
          },
        ]),
    ),
    diagnostics: context.diagnostics,
  };
  return { model_version: modelVersionOf(parameters, context.conversionType), ...parameters };
}

function roundAll(values: Float64Array, decimals: number): number[] {
  return Array.from(values, (value) => round(value, decimals));
}

function round(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals;
}
