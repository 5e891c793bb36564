import { createHash } from 'node:crypto';
import {
  BIGINT,
  BLOB,
  DuckDBBlobValue,
  type DuckDBConnection,
  type DuckDBListValue,
  DuckDBScalarFunction,
  type DuckDBScalarMainFunction,
  type DuckDBType,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api';
import { canonicalJsonText } from './canonical-json';
import { farmFingerprint } from './farm-fingerprint';
import { hexFloat } from './hex-float';
import { editDistance, ipHex, ipMask, ipText, ipTruncated } from './ip-functions';
import { removeJson, setJson, stripNulls } from './json-edit';
import { parseJsonText } from './json-parse';
import { type JsonStep, quoteJson, rawElements, scalarText } from './json-scan';
import { selectJson } from './json-tolerant';
import {
  capitalise,
  capitaliseBy,
  decodeUtf8,
  foldCase,
  position,
  soundex,
  stringLiteral,
} from './text-functions';
import { duckZone } from './time-zone';
import { hostOf, publicSuffixOf, registeredDomainOf } from './web-functions';

type Value = string | bigint | Uint8Array | DuckDBListValue | null;

interface JavaScriptFunction {
  readonly name: string;
  readonly parameters: readonly DuckDBType[];
  readonly returns: DuckDBType;
  /** Never called with a NULL argument. */
  readonly apply: (...args: never[]) => Value;
}

const define = <Args extends Value[]>(
  name: string,
  parameters: readonly DuckDBType[],
  returns: DuckDBType,
  apply: (...args: Args) => Value,
): JavaScriptFunction => ({
  name,
  parameters,
  returns,
  apply: apply as unknown as JavaScriptFunction['apply'],
});

/** What DuckDB has no equal of. About a microsecond a row. */
const FUNCTIONS: readonly JavaScriptFunction[] = [
  define('bq_error', [VARCHAR], VARCHAR, (message: string) => {
    throw new Error(message);
  }),
  define('bq_farm_fingerprint', [BLOB], BIGINT, farmFingerprint),
  define('bq_sha512', [BLOB], VARCHAR, (bytes: Uint8Array) =>
    createHash('sha512').update(bytes).digest('hex'),
  ),
  define('bq_decode_utf8', [BLOB], VARCHAR, decodeUtf8),
  define('bq_lower', [VARCHAR], VARCHAR, (text: string) => text.toLowerCase()),
  define('bq_upper', [VARCHAR], VARCHAR, (text: string) => text.toUpperCase()),
  define('bq_initcap', [VARCHAR], VARCHAR, capitalise),
  define('bq_initcap_by', [VARCHAR, VARCHAR], VARCHAR, capitaliseBy),
  define('bq_hex_digits', [VARCHAR], VARCHAR, (text: string) => {
    const sign = text.trim().startsWith('-') ? '-' : '';
    return `${sign}${BigInt(text.trim().replace(/^[+-]/, ''))}`;
  }),
  define('bq_hex_float', [VARCHAR], VARCHAR, hexFloat),
  define('bq_instr', [VARCHAR, VARCHAR, BIGINT, BIGINT], BIGINT, position),
  define('bq_zone', [VARCHAR], VARCHAR, duckZone),
  define('bq_soundex', [VARCHAR], VARCHAR, soundex),
  define('bq_normalize', [VARCHAR, VARCHAR], VARCHAR, (text: string, form: string) =>
    text.normalize(form),
  ),
  define('bq_normalize_and_casefold', [VARCHAR, VARCHAR], VARCHAR, foldCase),
  define('bq_json_scalar', [VARCHAR, VARCHAR], VARCHAR, (text: string, path: string) =>
    scalarText(selectJson(text, stepsOf(path))),
  ),
  define('bq_json_query', [VARCHAR, VARCHAR], VARCHAR, (text: string, path: string) => {
    const json = selectJson(text, stepsOf(path));
    return json === 'null' ? null : json;
  }),
  define('bq_json_elements', [VARCHAR, VARCHAR], LIST(VARCHAR), (text: string, path: string) => {
    const items = rawElements(selectJson(text, stepsOf(path)) ?? '');
    return items === null ? null : listValue(items);
  }),
  define('bq_json_scalars', [VARCHAR, VARCHAR], LIST(VARCHAR), (text: string, path: string) => {
    const items = rawElements(selectJson(text, stepsOf(path)) ?? '');
    if (items === null || items.some((item) => item[0] === '{' || item[0] === '[')) return null;
    return listValue(items.map(scalarText));
  }),
  define('bq_json_canonical', [VARCHAR], VARCHAR, canonicalJsonText),
  define('bq_json_parse', [VARCHAR], VARCHAR, parseJsonText),
  define('bq_json_quote', [VARCHAR], VARCHAR, quoteJson),
  define('bq_json_member', [VARCHAR, VARCHAR], VARCHAR, (text: string, name: string) =>
    selectJson(text, [name]),
  ),
  define(
    'bq_json_set',
    [VARCHAR, VARCHAR, VARCHAR],
    VARCHAR,
    (json: string, path: string, value: string) => setJson(json, stepsOf(path), value),
  ),
  define('bq_json_remove', [VARCHAR, VARCHAR], VARCHAR, (json: string, path: string) =>
    removeJson(json, stepsOf(path)),
  ),
  define('bq_json_strip_nulls', [VARCHAR], VARCHAR, stripNulls),
  define('bq_literal', [VARCHAR], VARCHAR, stringLiteral),
  define('bq_ip_hex', [VARCHAR], VARCHAR, ipHex),
  define('bq_ip_text', [BLOB], VARCHAR, ipText),
  define('bq_ip_trunc', [BLOB, BIGINT], VARCHAR, ipTruncated),
  define('bq_ip_mask', [BIGINT, BIGINT], VARCHAR, ipMask),
  define('bq_edit_distance', [VARCHAR, VARCHAR], BIGINT, editDistance),
  define('bq_net_host', [VARCHAR], VARCHAR, hostOf),
  define('bq_net_reg_domain', [VARCHAR], VARCHAR, registeredDomainOf),
  define('bq_net_public_suffix', [VARCHAR], VARCHAR, publicSuffixOf),
];

/** Registers the functions on the connection's database; every connection to it sees them. */
export function registerFunctions(connection: DuckDBConnection): void {
  for (const entry of FUNCTIONS) connection.registerScalarFunction(scalarFunction(entry));
}

function scalarFunction(entry: JavaScriptFunction): DuckDBScalarFunction {
  const mainFunction = entry.parameters.length === 1 ? ofOne(entry.apply) : ofMany(entry);
  return DuckDBScalarFunction.create({
    name: entry.name,
    returnType: entry.returns,
    parameterTypes: entry.parameters,
    mainFunction,
  });
}

type Result = Exclude<Value, Uint8Array>;

/** Without lists of arguments: a quarter less time a row. */
function ofOne(apply: JavaScriptFunction['apply']): DuckDBScalarMainFunction {
  const call = apply as unknown as (value: Value) => Result;
  return (_info, input, output) => {
    const column = input.getColumnVector(0);
    for (let row = 0; row < input.rowCount; row += 1) {
      const value = plain(column.getItem(row));
      output.setItem(row, value === null ? null : call(value));
    }
    output.flush();
  };
}

function ofMany({ parameters, apply }: JavaScriptFunction): DuckDBScalarMainFunction {
  return (_info, input, output) => {
    const columns = parameters.map((_, index) => input.getColumnVector(index));
    for (let row = 0; row < input.rowCount; row += 1) {
      const values = columns.map((column) => plain(column.getItem(row)));
      output.setItem(row, values.includes(null) ? null : (apply(...(values as never[])) as Result));
    }
    output.flush();
  };
}

function plain(value: unknown): Value {
  return value instanceof DuckDBBlobValue ? value.bytes : (value as Value);
}

/** Paths are constants, so the last one parsed serves nearly every row. */
const PATHS = new Map<string, readonly JsonStep[]>();

function stepsOf(path: string): readonly JsonStep[] {
  const known = PATHS.get(path);
  if (known !== undefined) return known;
  const steps = JSON.parse(path) as readonly JsonStep[];
  PATHS.set(path, steps);
  return steps;
}
