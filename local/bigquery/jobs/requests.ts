import { z } from 'zod';
import { HARMLESS } from './harmless-fields';
import { queryParameter } from './parameters';
import { labels, requestObject, wholeNumber } from './request-fields';
import { clusteringBody, timePartitioningBody } from './table-layout';
import { tableSchema } from './table-schema';

export const tableReference = z.object({
  projectId: z.string(),
  datasetId: z.string(),
  tableId: z.string(),
});

const datasetReference = z.object({ projectId: z.string().optional(), datasetId: z.string() });

const createDisposition = z.enum(['CREATE_IF_NEEDED', 'CREATE_NEVER']);
const writeDisposition = z.enum(['WRITE_EMPTY', 'WRITE_APPEND', 'WRITE_TRUNCATE']);
const dispositions = {
  createDisposition: createDisposition.nullish(),
  writeDisposition: writeDisposition.nullish(),
};
const destination = {
  timePartitioning: timePartitioningBody.nullish(),
  clustering: clusteringBody.nullish(),
  schemaUpdateOptions: z
    .array(z.enum(['ALLOW_FIELD_ADDITION', 'ALLOW_FIELD_RELAXATION']))
    .nullish(),
};

/** What jobs.query and a query job's configuration share. */
const querySettings = {
  query: z.string(),
  useLegacySql: z.boolean().nullish(),
  defaultDataset: datasetReference.nullish(),
  parameterMode: z
    .string()
    .regex(/^(named|positional|none)$/i)
    .nullish(),
  queryParameters: z.array(queryParameter).nullish(),
  maximumBytesBilled: wholeNumber.nullish(),
};

/** BigQuery's JobConfigurationQuery, as far as it has a meaning here. */
export const queryConfiguration = requestObject(
  {
    ...querySettings,
    ...dispositions,
    ...destination,
    destinationTable: tableReference.nullish(),
  },
  HARMLESS.query,
);

export type QueryConfiguration = z.infer<typeof queryConfiguration>;

/** BigQuery's QueryRequest: jobs.query. */
export const queryRequest = requestObject(
  {
    ...querySettings,
    dryRun: z.boolean().nullish(),
    maxResults: z.number().int().nonnegative().nullish(),
    timeoutMs: z.number().nonnegative().nullish(),
    jobTimeoutMs: wholeNumber.nullish(),
    location: z.string().nullish(),
    labels: labels.nullish(),
    requestId: z.string().nullish(),
    formatOptions: z
      .object({
        useInt64Timestamp: z.boolean().optional(),
        timestampOutputFormat: z.enum(['INT64', 'FLOAT64']).optional(),
      })
      .nullish(),
  },
  HARMLESS.queryRequest,
);

/** BigQuery's JobConfigurationLoad, as far as it has a meaning here. */
export const loadConfiguration = requestObject(
  {
    ...dispositions,
    ...destination,
    destinationTable: tableReference,
    destinationTableProperties: requestObject({
      description: z.string().nullish(),
      friendlyName: z.string().nullish(),
      labels: labels.nullish(),
    }).nullish(),
    sourceUris: z.array(z.string()).nullish(),
    sourceFormat: z.enum(['NEWLINE_DELIMITED_JSON', 'CSV', 'PARQUET']).default('CSV'),
    schema: tableSchema.nullish(),
    autodetect: z.boolean().nullish(),
    ignoreUnknownValues: z.boolean().nullish(),
    encoding: z.enum(['UTF-8', 'ISO-8859-1', 'UTF8']).nullish(),
    skipLeadingRows: wholeNumber.nullish(),
    fieldDelimiter: z.string().nullish(),
    quote: z.string().nullish(),
    nullMarker: z.string().nullish(),
    nullMarkers: z.array(z.string()).nullish(),
    allowJaggedRows: z.boolean().nullish(),
    allowQuotedNewlines: z.boolean().nullish(),
    // Lists are always read as arrays; without it BigQuery reads them as records of records.
    parquetOptions: z.object({ enableListInference: z.literal(true) }).nullish(),
  },
  HARMLESS.load,
);

export type LoadConfiguration = z.infer<typeof loadConfiguration>;

/** BigQuery's JobConfigurationTableCopy. */
export const copyConfiguration = requestObject(
  {
    ...dispositions,
    destinationTable: tableReference,
    sourceTable: tableReference.nullish(),
    sourceTables: z.array(tableReference).nullish(),
    operationType: z.enum(['OPERATION_TYPE_UNSPECIFIED', 'COPY']).nullish(),
  },
  HARMLESS.copy,
);

export type CopyConfiguration = z.infer<typeof copyConfiguration>;

/** BigQuery's JobConfigurationExtract. */
export const extractConfiguration = requestObject(
  {
    sourceTable: tableReference,
    destinationUri: z.string().nullish(),
    destinationUris: z.array(z.string()).nullish(),
    destinationFormat: z.enum(['CSV', 'NEWLINE_DELIMITED_JSON', 'PARQUET']).default('CSV'),
    compression: z.enum(['NONE', 'GZIP', 'SNAPPY', 'ZSTD']).nullish(),
    fieldDelimiter: z.string().nullish(),
    printHeader: z.boolean().nullish(),
  },
  HARMLESS.extract,
);

export type ExtractConfiguration = z.infer<typeof extractConfiguration>;

/** BigQuery's JobConfiguration: one of the four kinds of work. */
export const jobConfiguration = requestObject(
  {
    query: queryConfiguration.optional(),
    load: loadConfiguration.optional(),
    copy: copyConfiguration.optional(),
    extract: extractConfiguration.optional(),
    dryRun: z.boolean().nullish(),
    labels: labels.nullish(),
    jobTimeoutMs: wholeNumber.nullish(),
  },
  HARMLESS.configuration,
);

export type JobConfiguration = z.infer<typeof jobConfiguration>;

/** The body of jobs.insert. */
export const jobBody = requestObject(
  {
    jobReference: z
      .object({ jobId: z.string().optional(), location: z.string().optional() })
      .nullish(),
    configuration: jobConfiguration,
  },
  HARMLESS.job,
);
