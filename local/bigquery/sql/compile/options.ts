import type { SqlValue } from '../analyzer/value';
import { decodeValue } from '../analyzer/value-codec';
import { BigQueryError } from '../errors';
import type { ObjectOptions, OptionValue } from '../prepared';
import type { Expression } from '../resolved-ast/expressions';
import type { Option } from '../resolved-ast/statements';
import { resolvedName } from './function-name';

const isText = (value: OptionValue): boolean => typeof value === 'string';

/** Options that mean something here, whatever they belong to, and what they may be beside NULL. */
const TYPES: Readonly<Record<string, [type: string, is: (value: OptionValue) => boolean]>> = {
  description: ['STRING', isText],
  friendly_name: ['STRING', isText],
  labels: ['ARRAY<STRUCT<STRING, STRING>>', Array.isArray],
  require_partition_filter: ['BOOL', (value) => typeof value === 'boolean'],
  partition_expiration_days: [
    'FLOAT64',
    (value) => typeof value === 'number' || typeof value === 'bigint',
  ],
};

/** OPTIONS(...) of a table, view, dataset or export. Only constants can be kept. */
export function readOptions(list: readonly Option[]): ObjectOptions {
  const all = Object.fromEntries(
    list.map((option) => [option.name.toLowerCase(), optionValue(option)]),
  );
  const { description, friendly_name: friendlyName, labels } = all;
  return {
    ...(typeof description === 'string' ? { description } : {}),
    ...(typeof friendlyName === 'string' ? { friendlyName } : {}),
    ...(Array.isArray(labels) ? { labels: readLabels(labels) } : {}),
    all,
  };
}

function optionValue({ name, value }: Option): OptionValue {
  const constant = constantValue(name, value);
  const known = TYPES[name.toLowerCase()];
  if (!known || constant === null || known[1](constant)) return constant;
  const sentence = `Option ${name.toLowerCase()} must be ${known[0]}`;
  throw new BigQueryError('invalidQuery', sentence, value.location);
}

function constantValue(option: string, node: Expression): OptionValue {
  switch (node.node) {
    case 'Literal':
      if (node.type.kind !== 'OTHER') return decodeValue(node.value, node.type) as OptionValue;
      break;
    case 'Cast':
      return constantValue(option, node.expr);
    case 'MakeStruct':
      return node.fieldList.map((field) => constantValue(option, field));
    case 'FunctionCall':
      if (resolvedName(node) === '$make_array') {
        return node.argumentList.map((item) => constantValue(option, item));
      }
  }
  throw new BigQueryError(
    'invalidQuery',
    `The value of option ${option} must be a constant`,
    node.location,
  );
}

/** [('team', 'marketing')], whose pairs are structs with or without field names. */
function readLabels(pairs: readonly SqlValue[]): Record<string, string> {
  const entries = pairs.map((pair) => {
    const [key, value] = Object.values(pair as object) as SqlValue[];
    return [String(key), String(value)];
  });
  return Object.fromEntries(entries);
}
