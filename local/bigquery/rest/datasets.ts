import { z } from 'zod';
import type { Engine } from '../jobs/engine';
import { createDataset, dropDataset, requireDataset } from '../storage/dataset-changes';
import type { DatasetEntry, DatasetPath } from '../storage/entries';
import { noContent, ok, param, parse, type RestRequest, type RestResponse } from './messages';
import { patchMetadata } from './metadata';
import { paginate } from './paginate';
import type { Routes } from './router';

const datasetBody = z.object({
  datasetReference: z.object({ datasetId: z.string() }).optional(),
  location: z.string().optional(),
  friendlyName: z.string().nullish(),
  description: z.string().nullish(),
  labels: z.record(z.string(), z.string().nullable()).nullish(),
});

/** datasets.list, insert, get, patch, update, delete. */
export function datasetRoutes(engine: Engine): Routes {
  const { storage, clock } = engine;
  const patch = async (request: RestRequest): Promise<RestResponse> => {
    const body = parse(datasetBody, await request.json());
    return storage.write(async ({ catalog }) => {
      const entry = requireDataset(catalog, datasetPath(request));
      const changed = { ...patchMetadata(entry, body), modifiedAt: clock() };
      catalog.putDataset(changed);
      return ok(datasetResource(changed));
    });
  };
  return {
    'GET /projects/:project/datasets': async (request) => {
      const entries = storage.catalog.listDatasets(param(request, 'project'));
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
      const entry: DatasetEntry = patchMetadata<DatasetEntry>(
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
    'PATCH /projects/:project/datasets/:dataset': patch,
    'PUT /projects/:project/datasets/:dataset': patch,
    'DELETE /projects/:project/datasets/:dataset': async (request) => {
      const withContents = request.query.get('deleteContents') === 'true';
      await storage.write((session) => dropDataset(session, datasetPath(request), withContents));
      return noContent;
    },
  };
}

function datasetPath(request: RestRequest): DatasetPath {
  return { project: param(request, 'project'), dataset: param(request, 'dataset') };
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
    etag: `"${entry.modifiedAt}"`,
    ...(entry.description && { description: entry.description }),
    creationTime: String(entry.createdAt),
    lastModifiedTime: String(entry.modifiedAt),
  };
}
