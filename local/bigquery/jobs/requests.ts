import { z } from 'zod';
import { queryParameter } from './parameters';
import { tableSchema } from './table-schema';

export const tableReference = z.object({
  projectId: z.string(),
  datasetId: z.string(),
  tableId: z.string(),
});

const datasetReference = z.object({ projectId: z.string().optional(), datasetId: z.string() });

export const createDisposition = z.enum(['CREATE_IF_NEEDED', 'CREATE_NEVER']);
export const writeDisposition = z.enum(['WRITE_EMPTY', 'WRITE_APPEND', 'WRITE_TRUNCATE']);

/** BigQuery's JobConfigurationQuery, as far as it has a meaning here. */
export const queryConfiguration = z.object({
  query: z.string(),
  useLegacySql: z.boolean().optional(),
  defaultDataset: datasetReference.nullish(),
  queryParameters: z.array(queryParameter).nullish(),
  destinationTable: tableReference.nullish(),
  createDisposition: createDisposition.nullish(),
  writeDisposition: writeDisposition.nullish(),
});

export type QueryConfiguration = z.infer<typeof queryConfiguration>;

/** BigQuery's JobConfigurationLoad, as far as it has a meaning here. */
export const loadConfiguration = z.object({
  destinationTable: tableReference,
  sourceUris: z.array(z.string()).nullish(),
  sourceFormat: z.enum(['NEWLINE_DELIMITED_JSON', 'CSV', 'PARQUET']).default('CSV'),
  schema: tableSchema.nullish(),
  autodetect: z.boolean().nullish(),
  createDisposition: createDisposition.nullish(),
  writeDisposition: writeDisposition.nullish(),
  ignoreUnknownValues: z.boolean().nullish(),
  maxBadRecords: z.number().nullish(),
  skipLeadingRows: z.coerce.number().int().nonnegative().nullish(),
  fieldDelimiter: z.string().nullish(),
  quote: z.string().nullish(),
  nullMarker: z.string().nullish(),
  allowJaggedRows: z.boolean().nullish(),
});

export type LoadConfiguration = z.infer<typeof loadConfiguration>;
