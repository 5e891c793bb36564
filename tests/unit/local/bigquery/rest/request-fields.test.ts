import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { HARMLESS } from '@tributary/local/bigquery/jobs/harmless-fields';
import {
  copyConfiguration,
  extractConfiguration,
  jobConfiguration,
  loadConfiguration,
  queryConfiguration,
  queryRequest,
} from '@tributary/local/bigquery/jobs/requests';
import { tableField } from '@tributary/local/bigquery/jobs/table-schema';
import { datasetBody } from '@tributary/local/bigquery/rest/datasets';
import { insertBody } from '@tributary/local/bigquery/rest/insert-all';
import { parse } from '@tributary/local/bigquery/rest/messages';
import { tableBody } from '@tributary/local/bigquery/rest/tables';
import type { z } from 'zod';

const types = readFileSync(
  join(dirname(require.resolve('@google-cloud/bigquery')), 'types.d.ts'),
  'utf8',
);
const readme = readFileSync(
  resolve(__dirname, '../../../../../local/bigquery/rest/README.md'),
  'utf8',
);

/** The fields that Google's own types give an object of the API. */
function fieldsOf(typeName: string): string[] {
  const body =
    new RegExp(`\\btype ${typeName} = \\{\\n([\\s\\S]*?)\\n  \\};`).exec(types)?.[1] ?? '';
  return [...body.matchAll(/^ {4}(\w+)\?:/gm)].map(([, name = '']) => name);
}

/** What the schemas of the local BigQuery honour, of a pipe that ends in an object. */
function honouredBy(schema: z.ZodType): string[] {
  const inner = 'getter' in schema.def ? (schema.def as { getter(): z.ZodType }).getter() : schema;
  return Object.keys((inner as unknown as { out: z.ZodObject }).out.shape);
}

const requests = [
  ['IQueryRequest', queryRequest, HARMLESS.queryRequest],
  ['IJobConfiguration', jobConfiguration, HARMLESS.configuration],
  ['IJobConfigurationQuery', queryConfiguration, HARMLESS.query],
  ['IJobConfigurationLoad', loadConfiguration, HARMLESS.load],
  ['IJobConfigurationExtract', extractConfiguration, HARMLESS.extract],
  ['IJobConfigurationTableCopy', copyConfiguration, HARMLESS.copy],
  ['ITableDataInsertAllRequest', insertBody, HARMLESS.insertAll],
  ['IDataset', datasetBody, HARMLESS.dataset],
  ['ITable', tableBody, HARMLESS.table],
  ['ITableFieldSchema', tableField, HARMLESS.field],
] as const;

describe.each(requests)('%s', (typeName, schema, harmless) => {
  const fields = fieldsOf(typeName);
  const honoured = honouredBy(schema);
  const refused = fields.filter((name) => !honoured.includes(name) && !(name in harmless));

  test('honours fields that the API has', () => {
    expect(fields.length).toBeGreaterThan(0);
    expect(honoured.filter((name) => !fields.includes(name))).toEqual([]);
  });

  test('refuses all others by name, unless they say nothing', () => {
    for (const name of refused) {
      const message = `${name} is not supported by the local BigQuery: leave it out`;
      expect(() => parse(schema as z.ZodType, { [name]: 'something' })).toThrow(message);
      for (const nothing of [null, false, [], {}, '']) {
        const { error } = (schema as z.ZodType).safeParse({ [name]: nothing });
        expect(error?.issues.map(({ path }) => path[0]) ?? []).not.toContain(name);
      }
    }
  });

  test('stands in the README', () => {
    const list = (names: readonly string[]) =>
      names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(', ');
    const silent = fields.filter((name) => name in harmless);
    expect(readme).toContain(
      [
        `### ${typeName}`,
        '',
        `- honoured: ${list(honoured)}`,
        `- changes nothing: ${list(silent)}`,
        `- refused: ${list(refused)}`,
      ].join('\n'),
    );
  });
});
