import { duckFieldNames } from '../sql/duck-type';
import { quoteString } from '../sql/names';
import type { GoogleSqlType } from '../sql/types';
import { castToText } from './cast-to-text';
import { floatToText } from './float-text';
import { bindOnce } from './sql-text';

/** %t shows a value, %T writes it as GoogleSQL would state it. */
type Style = 't' | 'T';

/** SQL of FORMAT's %t or %T, NULL for NULL; undefined for types that are not proven. */
export function valueText(x: string, type: GoogleSqlType, style: Style): string | undefined {
  if (type.kind === 'ARRAY') return listText(x, type.element, style);
  if (type.kind === 'STRUCT') return structText(x, type.fields, style);
  return style === 't' ? shown(x, type.kind) : stated(x, type.kind);
}

function shown(x: string, kind: GoogleSqlType['kind']): string | undefined {
  switch (kind) {
    case 'STRING':
      return x;
    case 'FLOAT64':
      return bindOnce(
        [floatToText(x)],
        (text) =>
          `CASE WHEN regexp_full_match(${text}, '-?\\d+') THEN ${text} || '.0' ELSE ${text} END`,
      );
    case 'JSON':
      return `bq_json_canonical(CAST(${x} AS VARCHAR))`;
    case 'BOOL':
    case 'INT64':
    case 'NUMERIC':
    case 'DATE':
    case 'TIME':
    case 'DATETIME':
    case 'TIMESTAMP':
      return castToText(x, kind);
    default:
      return undefined;
  }
}

function stated(x: string, kind: GoogleSqlType['kind']): string | undefined {
  switch (kind) {
    case 'BOOL':
    case 'INT64':
      return shown(x, kind);
    case 'STRING':
      return `bq_literal(${x})`;
    case 'FLOAT64':
      return bindOnce(
        [x],
        (v = '') =>
          `CASE WHEN isfinite(${v}) THEN ${shown(v, kind)} ELSE 'CAST("' || ${floatToText(v)} || '" AS FLOAT64)' END`,
      );
    case 'NUMERIC':
    case 'DATE':
    case 'TIME':
    case 'DATETIME':
    case 'TIMESTAMP':
      return `('${kind} "' || ${castToText(x, kind)} || '"')`;
    default:
      return undefined;
  }
}

function listText(x: string, element: GoogleSqlType, style: Style): string | undefined {
  const item = valueText('item', element, style);
  if (item === undefined) return undefined;
  return `('[' || array_to_string(list_transform(${x}, lambda item: coalesce(${item}, 'NULL')), ', ') || ']')`;
}

function structText(
  x: string,
  fields: readonly { readonly name: string; readonly type: GoogleSqlType }[],
  style: Style,
): string | undefined {
  const names = duckFieldNames(fields);
  const parts = (v: string): readonly (string | undefined)[] =>
    fields.map(({ type }, index) =>
      valueText(`struct_extract(${v}, ${quoteString(names[index] ?? '')})`, type, style),
    );
  if (fields.length === 0 || parts(x).includes(undefined)) return undefined;
  const open = style === 'T' && fields.length === 1 ? 'STRUCT(' : '(';
  return bindOnce([x], (v = '') => {
    const values = parts(v).map((part) => `coalesce(${part}, 'NULL')`);
    return `CASE WHEN ${v} IS NOT NULL THEN '${open}' || ${values.join(" || ', ' || ")} || ')' END`;
  });
}
