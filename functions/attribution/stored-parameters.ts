import type { Row, Value } from '../warehouse/warehouse';
import type { IhcParameters, PhaseWeights } from './ihc/parameters';

/** A row of raw.ihc_parameters: curves and weights are lists of records there. */
export interface StoredParameters extends Row {
  readonly conversion_type: string;
  readonly model_version: string;
  readonly trained_at: string;
  readonly phase_weights: PhaseWeights;
  readonly reset_gap_hours: number | null;
  readonly initializer_curve: readonly { gap_hours: number; membership: number }[];
  readonly closer_curve: readonly { hours_to_conversion: number; membership: number }[];
  readonly channel_weights: readonly (PhaseWeights & { channel: string })[];
}

/** The parameters document of a stored row, still to be checked. */
export function fromStoredRow(row: StoredParameters): unknown {
  return {
    model_version: row.model_version,
    conversion_type: row.conversion_type,
    trained_at: row.trained_at,
    phase_weights: row.phase_weights,
    reset_gap_hours: row.reset_gap_hours,
    initializer_curve: {
      gap_hours: row.initializer_curve.map((knot) => knot.gap_hours),
      membership: row.initializer_curve.map((knot) => knot.membership),
    },
    closer_curve: {
      hours_to_conversion: row.closer_curve.map((knot) => knot.hours_to_conversion),
      membership: row.closer_curve.map((knot) => knot.membership),
    },
    channel_weights: Object.fromEntries(
      row.channel_weights.map(({ channel, initializer, holder, closer }) => [
        channel,
        { initializer, holder, closer },
      ]),
    ),
  };
}

/** The row of trained parameters; they carry type, version and time. */
export function toStoredRow(parameters: IhcParameters): Row {
  const { initializer_curve, closer_curve } = parameters;
  return {
    conversion_type: parameters.conversion_type ?? null,
    model_version: parameters.model_version ?? null,
    trained_at: parameters.trained_at ?? null,
    phase_weights: parameters.phase_weights,
    reset_gap_hours: parameters.reset_gap_hours ?? null,
    initializer_curve: initializer_curve.gap_hours.map((gap_hours, index) => ({
      gap_hours,
      membership: initializer_curve.membership[index] as number,
    })),
    closer_curve: closer_curve.hours_to_conversion.map((hours_to_conversion, index) => ({
      hours_to_conversion,
      membership: closer_curve.membership[index] as number,
    })),
    channel_weights: Object.entries(parameters.channel_weights).map(([channel, weights]) => ({
      channel,
      ...weights,
    })),
    diagnostics: (parameters.diagnostics ?? null) as Value,
  };
}
