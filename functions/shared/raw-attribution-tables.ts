import { optional, type RawTable, required, strings } from './raw-columns';

/** Raw tables of attribution: what trainers find, and the lift tests that they read. */
export const rawAttributionTables = {
  ihc_parameters: {
    description: 'One row per training of IHC and conversion type; the one trained last is used.',
    columns: [
      required('conversion_type', 'STRING'),
      required('model_version', 'STRING'),
      required('trained_at', 'TIMESTAMP'),
      {
        name: 'phase_weights',
        type: 'RECORD',
        fields: [
          optional('initializer', 'FLOAT'),
          optional('holder', 'FLOAT'),
          optional('closer', 'FLOAT'),
        ],
      },
      optional('reset_gap_hours', 'FLOAT'),
      {
        name: 'initializer_curve',
        type: 'RECORD',
        mode: 'REPEATED',
        fields: [optional('gap_hours', 'FLOAT'), optional('membership', 'FLOAT')],
      },
      {
        name: 'closer_curve',
        type: 'RECORD',
        mode: 'REPEATED',
        fields: [optional('hours_to_conversion', 'FLOAT'), optional('membership', 'FLOAT')],
      },
      {
        name: 'channel_weights',
        type: 'RECORD',
        mode: 'REPEATED',
        fields: [
          optional('channel', 'STRING'),
          optional('initializer', 'FLOAT'),
          optional('holder', 'FLOAT'),
          optional('closer', 'FLOAT'),
        ],
      },
      optional('diagnostics', 'JSON'),
    ],
    partitionBy: 'trained_at',
    clusterBy: ['conversion_type'],
  },
  lift_tests: {
    description:
      'One row per import of a lift test: what an experiment found that a channel added; the row ingested last replaces earlier ones of the same test.',
    columns: [
      ...strings('lift_test_name'),
      required('conversion_type', 'STRING'),
      required('channel', 'STRING'),
      required('start_date', 'DATE'),
      required('end_date', 'DATE'),
      required('incremental_conversion_count', 'NUMERIC'),
      required('standard_error', 'FLOAT'),
      optional('population', 'INTEGER'),
      required('ingested_at', 'TIMESTAMP'),
    ],
    partitionBy: 'start_date',
    clusterBy: ['channel'],
  },
  model_credits: {
    description:
      'One row per trained model, conversion and touchpoint: the share of the conversion that the touch earned. What the touches of a conversion leave is its base. Each training replaces all rows.',
    columns: [
      required('model', 'STRING'),
      required('model_version', 'STRING'),
      required('conversion_type', 'STRING'),
      required('conversion_id', 'STRING'),
      required('converted_at', 'TIMESTAMP'),
      required('session_id', 'STRING'),
      required('credit_share', 'FLOAT'),
    ],
    partitionBy: 'converted_at',
    clusterBy: ['model', 'conversion_id'],
  },
  model_trainings: {
    description:
      'One row per training of an attribution model and conversion type that gave something new; the one trained last is used.',
    columns: [
      required('model', 'STRING'),
      required('kind', 'STRING'),
      required('conversion_type', 'STRING'),
      required('model_version', 'STRING'),
      required('trained_at', 'TIMESTAMP'),
      required('converged', 'BOOLEAN'),
      required('stop_reason', 'STRING'),
      required('conversion_count', 'INTEGER'),
      required('journey_count', 'INTEGER'),
      {
        name: 'channels',
        type: 'RECORD',
        mode: 'REPEATED',
        fields: [optional('channel', 'STRING'), optional('credited_conversion_count', 'FLOAT')],
      },
      optional('parameters', 'JSON'),
      optional('diagnostics', 'JSON'),
    ],
    partitionBy: 'trained_at',
    clusterBy: ['model'],
  },
  model_confidence: {
    description:
      'One row per conversion type, attribution model and channel, the base as (base): how sure one may be of the share. Each training replaces all rows.',
    columns: [
      required('conversion_type', 'STRING'),
      required('model', 'STRING'),
      required('model_version', 'STRING'),
      required('channel', 'STRING'),
      required('watched_until', 'TIMESTAMP'),
      required('conversion_count', 'INTEGER'),
      required('conversion_share', 'FLOAT'),
      required('sampling_low_share', 'FLOAT'),
      required('sampling_high_share', 'FLOAT'),
      optional('spread_low_share', 'FLOAT'),
      optional('spread_high_share', 'FLOAT'),
      required('spread_model_count', 'INTEGER'),
      required('held_out_status', 'STRING'),
      ...strings('held_out_reason'),
      optional('held_out_log_loss', 'FLOAT'),
      optional('base_rate_log_loss', 'FLOAT'),
      optional('calibration_error', 'FLOAT'),
      required('lift_status', 'STRING'),
      required('lift_test_count', 'INTEGER'),
      optional('lift_standard_errors', 'FLOAT'),
    ],
    partitionBy: 'watched_until',
    clusterBy: ['conversion_type', 'model'],
  },
} as const satisfies Record<string, RawTable>;
