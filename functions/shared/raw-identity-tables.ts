import { optional, type RawTable, required } from './raw-columns';

/** Raw tables of identity: what training of visitor matching finds. */
export const rawIdentityTables = {
  match_parameters: {
    description: 'One row per training of visitor matching; the one trained last is used.',
    columns: [
      required('model_version', 'STRING'),
      required('trained_at', 'TIMESTAMP'),
      required('converged', 'BOOLEAN'),
      required('stop_reason', 'STRING'),
      required('pair_count', 'INTEGER'),
      required('match_share', 'FLOAT'),
      required('prior_weight', 'FLOAT'),
      {
        name: 'levels',
        type: 'RECORD',
        mode: 'REPEATED',
        fields: [
          optional('comparison', 'STRING'),
          optional('level', 'STRING'),
          optional('m_probability', 'FLOAT'),
          optional('u_probability', 'FLOAT'),
          optional('match_weight', 'FLOAT'),
        ],
      },
      optional('diagnostics', 'JSON'),
    ],
    partitionBy: 'trained_at',
    clusterBy: ['model_version'],
  },
} as const satisfies Record<string, RawTable>;
