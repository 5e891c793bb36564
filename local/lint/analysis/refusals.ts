import { BigQueryError, UnsupportedError } from '../../bigquery/sql/errors';
import { ColumnsError, UnknownColumns } from '../../bigquery/testing/schemas';
import type { ActionScript } from '../actions';
import { offsetAt, type Problem } from '../problem';
import { describePlace, type SourcePlace } from '../sqlx/sql-text';

/** What the analyzer or the compiler refuses, which may only follow from what a rule names. */
export interface Refusal extends Problem {
  /** True for a type that only a forbidden function or operator makes: the rule says it better. */
  readonly isConsequence: boolean;
}

/** What to write instead, by what the refusal says; the first that fits. */
const MENDS: readonly (readonly [RegExp, string])[] = [
  [/: (use|write|compare|list) /, ''],
  [
    /^Not found: Table/,
    'declare it (type: "declaration") and read it with ref(), or mend its name',
  ],
  [/TABLESAMPLE/, 'write a condition on a hash: MOD(ABS(FARM_FINGERPRINT(id)), 100) < 1'],
  [/type INTERVAL/, 'write TIMESTAMP_DIFF, TIMESTAMP_ADD or their like for dates'],
  [/does not support type/, 'write it with a type that BigQuery stores and the local one knows'],
  [/unction not found/, "write one of BigQuery's functions, or mend its name"],
  [/^Unrecognized name|not found inside/, 'write a column that the tables before it have'],
  [/^No matching signature/, 'write arguments of the types that it takes, with CAST if need be'],
  [/^Syntax error/, 'mend what stands there'],
  [/^The local BigQuery does not support/, 'write it in a way that the local BigQuery runs'],
];

/**
 * The problem that an error of a script's analysis is. None for what is named elsewhere: functions
 * by the rule allowed-functions, a model that can't be analyzed in its own file.
 */
export function refusalsOf(error: Error, script: ActionScript): Refusal[] {
  if (error instanceof ColumnsError) return unknownSource(error, script);
  const rule = 'analyzes';
  if (!(error instanceof BigQueryError)) {
    const place = describePlace(startOf(script), error.message);
    return [{ rule, ...place, isConsequence: false }];
  }
  const isUnsupported = error instanceof UnsupportedError;
  if (isUnsupported && /^the (function|operator) /.test(error.what)) return [];
  const { sentence } = error;
  const mend = MENDS.find(([pattern]) => pattern.test(sentence))?.[1] ?? 'mend it there';
  const place = error.location ? placeIn(script, error.location) : startOf(script);
  return [
    {
      rule,
      ...describePlace(place, mend === '' ? sentence : `${sentence}; ${mend}`),
      isConsequence: isUnsupported && error.what.startsWith('type '),
    },
  ];
}

/** Said where the source itself is read, at its name. */
function unknownSource(error: ColumnsError, script: ActionScript): Refusal[] {
  if (!(error instanceof UnknownColumns)) return [];
  if (!script.reads.some(({ name }) => error.table.split('.').at(-1) === name)) return [];
  const name = error.table.split('.').at(-1) ?? '';
  const places = script.parts.flatMap(({ sql }) => {
    const token = sql.tokens.find(({ text }) => text.replaceAll('`', '').endsWith(name));
    return token ? [sql.place(token.offset)] : [];
  });
  const place = describePlace(places[0] ?? startOf(script), error.message.replace(/\.$/, ''));
  return [{ rule: 'analyzes', ...place, isConsequence: false }];
}

/** A place of the script in the source; what Dataform wrote around a part belongs to that part. */
function placeIn(
  script: ActionScript,
  { line, column }: { readonly line: number; readonly column: number },
): SourcePlace {
  const offset = offsetAt(script.text, line, column);
  const inside = script.parts.find(({ sql, at }) => at <= offset && offset <= at + sql.text.length);
  if (inside) return inside.sql.place(offset - inside.at);
  const next = script.parts.find(({ at }) => at > offset);
  return next ? next.sql.place(next.sql.tokens[0]?.offset ?? 0) : startOf(script);
}

/** The first word of the script. */
function startOf({ parts, file }: ActionScript): SourcePlace {
  const sql = parts.find((part) => part.sql.tokens.length > 0)?.sql;
  return sql?.place(sql.tokens[0]?.offset ?? 0) ?? { file };
}
