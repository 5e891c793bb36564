/** GoogleSQL's resolved name in lower case: 'ZetaSQL:timestamp_diff' is 'timestamp_diff'. */
export function resolvedName(node: { readonly function: { readonly name: string } }): string {
  return node.function.name.replace(/^[^:]*:/, '').toLowerCase();
}

/** As a user wrote it: operators without the analyzer's dollar sign. */
export function printFunctionName(name: string): string {
  return name.startsWith('$')
    ? `the operator ${name.slice(1)}`
    : `the function ${name.toUpperCase()}`;
}
