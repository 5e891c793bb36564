import { printType } from '../../bigquery/sql/types';
import type { Rule } from '../rule';
import { inConfig } from '../sqlx/source-file';

export const columnTypes: Rule = {
  name: 'column-types',
  about:
    'Names of columns say their type: `column_types` holds patterns of names, and the type of each.',
  bad: 'COUNT(*) AS is_order',
  good: 'COUNT(*) AS order_count',
  action({ columns = [], file, name }, report, { column_types: patterns }) {
    for (const column of columns) {
      const type = printType(column.type);
      for (const [pattern, wanted] of Object.entries(patterns)) {
        if (!new RegExp(pattern).test(column.name) || wanted.split('|').includes(type)) continue;
        report(
          placeOf(column.name),
          `${name}.${column.name} is ${type}, its name says ${wanted.replaceAll('|', ' or ')}; write a CAST or another name`,
        );
      }
    }

    /** The last time the name stands in the file, which is where the query gives it. */
    function placeOf(column: string): number {
      const places = [...file.text.matchAll(new RegExp(`\\b${column}\\b`, 'g'))];
      return places.at(-1)?.index ?? inConfig(file, /\bcolumns\b/);
    }
  },
};
