import { resolvedName } from '../../bigquery/sql/compile/function-name';
import { type AnyNode, nearestPlace, walk } from '../analysis/walk';
import type { Rule } from '../rule';
import type { SqlText } from '../sqlx/sql-text';
import { findCalls } from './calls';

/** Names of functions that give an INTERVAL. */
export const MAKES_INTERVAL = /^MAKE_INTERVAL$|^JUSTIFY_|^\$INTERVAL$/;

/** Calls that take INTERVAL n PART as a pair of arguments, which is no value of type INTERVAL. */
const TAKES = /(_ADD|_SUB|_BUCKET)$|^GENERATE_(DATE|TIMESTAMP|RANGE)_ARRAY$|^RANGE_BUCKET$/;

export const intervalOperators: Rule = {
  name: 'interval-operators',
  about:
    'No INTERVAL values and operators, only INTERVAL as an argument of the _ADD and _SUB functions.',
  bad: 'started_at + INTERVAL 30 MINUTE',
  good: 'TIMESTAMP_ADD(started_at, INTERVAL 30 MINUTE)',
  text(sql, report) {
    for (const { name, offset } of findCalls(sql)) {
      if (MAKES_INTERVAL.test(name)) {
        report(offset, `${name} makes an INTERVAL; write TIMESTAMP_ADD or TIMESTAMP_DIFF`);
      }
    }
    sql.tokens.forEach((token, i) => {
      if (token.upper !== 'INTERVAL' || !isValue(sql, i) || isArgument(sql, i)) return;
      report(
        token.offset,
        'INTERVAL outside of TIMESTAMP_ADD and the like; write TIMESTAMP_ADD(..., INTERVAL n PART)',
      );
    });
  },
  statement({ resolved, start, offsetOf }, report) {
    walk(resolved, (node, around) => {
      if (!isInterval(node.type)) return;
      const place = nearestPlace(node, around);
      const at = place ? offsetOf(place) : start;
      if (node.node === 'Cast') report(at, 'a CAST to INTERVAL; write the number of its parts');
      const kind = differenceOf(node);
      if (kind) {
        report(
          at,
          `a difference of two times is an INTERVAL; write ${kind}_DIFF(later, earlier, ${kind === 'DATE' ? 'DAY' : 'SECOND'})`,
        );
      }
    });
  },
};

function isInterval(type: unknown): boolean {
  const { kind, name } = (type ?? {}) as { readonly kind?: string; readonly name?: string };
  return kind === 'OTHER' && name === 'INTERVAL';
}

/** The kind of the times that a minus stands between: 'TIMESTAMP', 'DATE'. */
function differenceOf(node: AnyNode): string | undefined {
  if (node.node !== 'FunctionCall' || resolvedName(node as never) !== '$subtract') return undefined;
  const types = (node.argumentList as { readonly type: { readonly kind: string } }[]).map(
    ({ type }) => type.kind,
  );
  return types.includes('OTHER') ? undefined : types[0];
}

/** Not a name such as x.interval, and not the type in a CAST. */
function isValue({ tokens }: SqlText, i: number): boolean {
  const [before, after] = [tokens[i - 1], tokens[i + 1]];
  return (
    before?.text !== '.' &&
    before?.upper !== 'AS' &&
    after !== undefined &&
    !/^[,)=.;]$/.test(after.text)
  );
}

function isArgument(sql: SqlText, i: number): boolean {
  if (sql.tokens[i - 1]?.text !== ',') return false;
  const around = findCalls(sql).filter(({ open, close }) => open < i && i < close);
  return TAKES.test(around.at(-1)?.name ?? '');
}
