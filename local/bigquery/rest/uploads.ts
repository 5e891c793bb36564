import { randomUUID } from 'node:crypto';
import { createWriteStream, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import type { Engine } from '../jobs/engine';
import { BigQueryError } from '../sql/errors';
import { jobResource } from './job-resource';
import { jobBody, LOAD_ANSWER_MS } from './jobs';
import { ok, param, parse, type RestRequest, type RestResponse } from './messages';
import { readMultipart } from './multipart';
import type { Routes } from './router';

interface ResumableUpload {
  readonly projectId: string;
  readonly body: z.infer<typeof jobBody>;
  readonly file: string;
}

/** Load jobs that bring their file: in one multipart request, or in resumable pieces. */
export function uploadRoutes(engine: Engine): Routes {
  const uploads = new Map<string, ResumableUpload>();
  const newFile = (): string => join(engine.storage.folder.uploads, randomUUID());
  const start = async (request: RestRequest): Promise<RestResponse> => {
    const projectId = param(request, 'project');
    if (request.query.get('uploadType') === 'resumable') {
      const body = parse(jobBody, await request.json());
      const id = randomUUID();
      uploads.set(id, { projectId, body, file: newFile() });
      const path = `/upload/bigquery/v2/projects/${encodeURIComponent(projectId)}/jobs`;
      const location = `http://${request.headers.host}${path}?uploadType=resumable&upload_id=${id}`;
      return { status: 200, headers: { location, 'x-guploader-uploadid': id } };
    }
    const file = newFile();
    try {
      const metadata = await readMultipart(request, file);
      return await startLoad(engine, { projectId, body: parse(jobBody, metadata), file });
    } catch (error) {
      rmSync(file, { force: true });
      throw error;
    }
  };
  const proceed = async (request: RestRequest): Promise<RestResponse> => {
    const id = request.query.get('upload_id') ?? '';
    const upload = uploads.get(id);
    if (!upload) throw new BigQueryError('notFound', `Not found: Upload ${id}`);
    const isWhole = await appendPiece(request, upload.file);
    if (!isWhole) {
      const size = statSync(upload.file).size;
      return { status: 308, headers: size > 0 ? { range: `bytes=0-${size - 1}` } : {} };
    }
    uploads.delete(id);
    return startLoad(engine, upload);
  };
  return {
    'POST /upload/bigquery/v2/projects/:project/jobs': start,
    'PUT /upload/bigquery/v2/projects/:project/jobs': proceed,
    'POST /resumable/upload/bigquery/v2/projects/:project/jobs': start,
    'PUT /resumable/upload/bigquery/v2/projects/:project/jobs': proceed,
  };
}

async function startLoad(engine: Engine, upload: ResumableUpload): Promise<RestResponse> {
  const { configuration, jobReference } = upload.body;
  if (!configuration.load) {
    throw new BigQueryError('invalid', 'An upload needs configuration.load');
  }
  const reference = { projectId: upload.projectId, ...jobReference };
  const job = engine.startLoad(reference, configuration.load, configuration, upload.file);
  await job.wait(LOAD_ANSWER_MS);
  return ok(jobResource(job));
}

/** Writes a piece at its place; true when the file is whole. A piece may be sent again. */
async function appendPiece(request: RestRequest, file: string): Promise<boolean> {
  const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(request.headers['content-range'] ?? '');
  const start = Number(range?.[1] ?? 0);
  const isQuestion = range !== null && range[1] === undefined;
  if (!isQuestion) {
    await pipeline(
      request.stream,
      createWriteStream(file, start === 0 ? { flags: 'w' } : { flags: 'r+', start }),
    );
  } else {
    await pipeline(request.stream, createWriteStream(file, { flags: 'a' }));
  }
  const total = range?.[2];
  if (!range) return true;
  return total !== '*' && statSync(file).size >= Number(total);
}
