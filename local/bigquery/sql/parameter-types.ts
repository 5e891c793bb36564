import type { ParameterTypes } from './analyzer';
import type { ParameterValues } from './compile/compiler';

/** The types of query parameters, which are all that the analyzer asks of them. */
export function parameterTypes(values: ParameterValues | undefined): ParameterTypes | undefined {
  if (!values) return undefined;
  if (values.mode === 'POSITIONAL') {
    return { mode: 'POSITIONAL', types: values.values.map(({ type }) => type) };
  }
  const types = new Map([...values.values].map(([name, { type }]) => [name, type]));
  return { mode: 'NAMED', types };
}
