import { z } from 'zod';
import type { Engine } from '../jobs/engine';
import { HARMLESS } from '../jobs/harmless-fields';
import { requestObject, wholeNumber } from '../jobs/request-fields';
import { BigQueryError } from '../sql/errors';
import { createDataset, dropDataset, requireDataset } from '../storage/dataset-changes';
import type { DatasetEntry, DatasetPath } from '../storage/entries';
import { etag, requireEtag } from './etag';
import { noContent, ok, param, parse, type RestRequest, type RestResponse } from './messages';
import { changeBase, patchMetadata } from './metadata';
import { paginate } from './paginate';
import type { Routes } from './router';

export const datasetBody = requestObject(
  {
    datasetReference: z
      .object({ projectId: z.string().optional(), datasetId: z.string() })
      .optional(),
    location: z.string().optional(),
    friendlyName: z.string().nullish(),
    description: z.string().nullish(),
    labels: z.record(z.string(), z.string().nullable()).nullish(),
    defaultTableExpirationMs: wholeNumber.nullish(),
    defaultPartitionExpirationMs: wholeNumber.nullish(),
  },
  HARMLESS.dataset,
);

type DatasetBody = z.infer<typeof datasetBody>;

/** datasets.list, insert, get, patch, update, delete. */
export function datasetRoutes(engine: Engine): Routes {
  const { storage, clock } = engine;
  const change = async (request: RestRequest): Promise<RestResponse> => {
    const body = parse(datasetBody, await request.json());
    return storage.write(async ({ catalog }) => {
      const entry = requireDataset(catalog, datasetPath(request));
      requireEtag(request, entry.modifiedAt);
      if (body.location !== undefined && body.location !== entry.location) {
        throw new BigQueryError('invalid', 'Cannot change the location of a dataset');
      }
      const changed = { ...withMetadata(changeBase(request, entry), body), modifiedAt: clock() };
      catalog.putDataset(changed);
      return ok(datasetResource(changed));
    });
  };
  return {
    'GET /projects/:project/datasets': async (request) => {
      const entries = storage.catalog
        .listDatasets(param(request, 'project'))
        .filter(labelFilter(request.query.get('filter')));
      const { items, nextPageToken } = paginate(entries, request.query);
      return ok({
        kind: 'bigquery#datasetList',
        datasets: items.map(datasetListItem),
        ...(nextPageToken && { nextPageToken }),
      });
    },
    'POST /projects/:project/datasets': async (request) => {
      const body = parse(datasetBody, await request.json());
      const now = clock();
      const entry = withMetadata(
        {
          path: {
            project: param(request, 'project'),
            dataset: body.datasetReference?.datasetId ?? '',
          },
          location: body.location ?? engine.location,
          createdAt: now,
          modifiedAt: now,
        },
        body,
      );
      await storage.write((session) => createDataset(session, entry));
      return ok(datasetResource(entry));
    },
    'GET /projects/:project/datasets/:dataset': async (request) =>
      ok(datasetResource(requireDataset(storage.catalog, datasetPath(request)))),
    'PATCH /projects/:project/datasets/:dataset': change,
    'PUT /projects/:project/datasets/:dataset': change,
    'DELETE /projects/:project/datasets/:dataset': async (request) => {
      const withContents = request.query.get('deleteContents') === 'true';
      await storage.write(async (session) => {
        const path = datasetPath(request);
        requireEtag(request, requireDataset(session.catalog, path).modifiedAt);
        await dropDataset(session, path, withContents);
      });
      return noContent;
    },
  };
}

function datasetPath(request: RestRequest): DatasetPath {
  return { project: param(request, 'project'), dataset: param(request, 'dataset') };
}

/** The entry with what the body says of it: null removes, what is missing stays. */
function withMetadata(entry: DatasetEntry, body: DatasetBody): DatasetEntry {
  const { defaultTableExpirationMs, defaultPartitionExpirationMs, ...rest } = patchMetadata(
    entry,
    body,
  );
  const table =
    body.defaultTableExpirationMs === undefined
      ? defaultTableExpirationMs
      : body.defaultTableExpirationMs;
  const partition =
    body.defaultPartitionExpirationMs === undefined
      ? defaultPartitionExpirationMs
      : body.defaultPartitionExpirationMs;
  return {
    ...rest,
    ...(table && { defaultTableExpirationMs: table }),
    ...(partition && { defaultPartitionExpirationMs: partition }),
  };
}

/** 'labels.team:x labels.tier' -> datasets with all of these. Throws 'invalid' for other filters. */
function labelFilter(filter: string | null): (entry: DatasetEntry) => boolean {
  const wanted = (filter ?? '').split(/\s+/).filter(Boolean);
  const terms = wanted.map((term) => {
    const [, name, value] = /^labels\.([^:]+)(?::(.*))?$/.exec(term) ?? [];
    if (!name) throw new BigQueryError('invalid', `Invalid value for filter: ${term}`);
    return { name, value };
  });
  return ({ labels = {} }) =>
    terms.every(({ name, value }) =>
      value === undefined ? name in labels : labels[name] === value,
    );
}

function datasetListItem({ path, location, labels, friendlyName }: DatasetEntry): object {
  return {
    kind: 'bigquery#dataset',
    id: `${path.project}:${path.dataset}`,
    datasetReference: { projectId: path.project, datasetId: path.dataset },
    location,
    ...(labels && { labels }),
    ...(friendlyName && { friendlyName }),
  };
}

function datasetResource(entry: DatasetEntry): object {
  return {
    ...datasetListItem(entry),
    etag: etag(entry.modifiedAt),
    ...(entry.description && { description: entry.description }),
    ...(entry.defaultTableExpirationMs && {
      defaultTableExpirationMs: String(entry.defaultTableExpirationMs),
    }),
    ...(entry.defaultPartitionExpirationMs && {
      defaultPartitionExpirationMs: String(entry.defaultPartitionExpirationMs),
    }),
    creationTime: String(entry.createdAt),
    lastModifiedTime: String(entry.modifiedAt),
  };
}
