/**
 * True where compiled SQL holds a subquery, which DuckDB takes neither in a lambda nor in the
 * condition of an outer join. A string that holds the word is a false alarm: it costs the faster form.
 */
export function asksForRows(sql: string): boolean {
  return /\bSELECT\b/i.test(sql);
}
