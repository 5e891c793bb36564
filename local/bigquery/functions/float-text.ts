import { bindOnce } from './sql-text';

/** A FLOAT64 as CAST AS STRING writes it: 15 digits where they read back alike, else 17. */
export function floatToText(x: string): string {
  return bindOnce(
    [x],
    (v) =>
      `CASE WHEN isnan(${v}) THEN 'nan' WHEN isinf(${v}) THEN CASE WHEN ${v} > 0 THEN 'inf' ELSE '-inf' END WHEN CAST(printf('%.15g', ${v}) AS DOUBLE) = ${v} THEN printf('%.15g', ${v}) ELSE printf('%.17g', ${v}) END`,
  );
}
