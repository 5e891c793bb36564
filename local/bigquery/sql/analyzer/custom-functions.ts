import { toTypeProto } from './type-proto';

const any = (kind: string, options: object = {}) => ({ kind, options, numOccurrences: 1 });
const fixed = (kind: 'STRING' | 'INT64' | 'BOOL', options: object = {}) => ({
  kind: 'ARG_TYPE_FIXED',
  type: toTypeProto({ kind }),
  options,
  numOccurrences: 1,
});
const named = (name: string) => ({
  argumentName: name,
  cardinality: 'OPTIONAL',
  namedArgumentKind: 'NAMED_ONLY',
});

const extremum = (name: string) => ({
  namePath: [name],
  group: 'tributary',
  mode: 'AGGREGATE',
  signature: [
    {
      argument: [any('ARG_TYPE_ANY_1'), any('ARG_TYPE_ANY_2', { mustSupportOrdering: true })],
      returnType: any('ARG_TYPE_ANY_1'),
    },
  ],
  options: { supportsHavingModifier: false },
});

/** Functions of BigQuery that this version of the analyzer does not know yet. */
export const CUSTOM_FUNCTIONS: readonly object[] = [
  extremum('max_by'),
  extremum('min_by'),
  {
    namePath: ['contains_substr'],
    group: 'tributary',
    mode: 'SCALAR',
    signature: [{ argument: [fixed('STRING'), fixed('STRING')], returnType: fixed('BOOL') }],
    options: {},
  },
  {
    namePath: ['edit_distance'],
    group: 'tributary',
    mode: 'SCALAR',
    signature: [
      {
        argument: [fixed('STRING'), fixed('STRING'), fixed('INT64', named('max_distance'))],
        returnType: fixed('INT64'),
      },
    ],
    options: {},
  },
];
