import { randomUUID } from 'node:crypto';
import { createWriteStream, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import type { Engine } from '../jobs/engine';
import { jobBody } from '../jobs/requests';
import { BigQueryError } from '../sql/errors';
import { jobResource } from './job-resource';
import { LOAD_ANSWER_MS, shownConfiguration } from './jobs';
import { ok, param, parse, type RestRequest, type RestResponse } from './messages';
import { readMultipart } from './multipart';
import type { Routes } from './router';

interface ResumableUpload {
  readonly projectId: string;
  /** The body of jobs.insert as it was sent, already checked. */
  readonly sent: unknown;
  readonly file: string;
}

/** Load jobs that bring their file: in one multipart request, or in resumable pieces. */
export function uploadRoutes(engine: Engine): Routes {
  const uploads = new Map<string, ResumableUpload>();
  const newFile = (): string => join(engine.storage.folder.uploads, randomUUID());
  const start = async (request: RestRequest): Promise<RestResponse> => {
    const projectId = param(request, 'project');
    if (request.query.get('uploadType') === 'resumable') {
      const sent = await request.json();
      checkBody(sent);
      const id = randomUUID();
      uploads.set(id, { projectId, sent, file: newFile() });
      const path = `/upload/bigquery/v2/projects/${encodeURIComponent(projectId)}/jobs`;
      const location = `http://${request.headers.host}${path}?uploadType=resumable&upload_id=${id}`;
      return { status: 200, headers: { location, 'x-guploader-uploadid': id } };
    }
    const file = newFile();
    try {
      const sent = await readMultipart(request, file);
      return await startLoad(engine, { projectId, sent, file });
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
  const { projectId, sent, file } = upload;
  const { configuration, jobReference } = checkBody(sent);
  const job = engine.start(
    { projectId, ...jobReference },
    configuration,
    shownConfiguration(sent),
    file,
  );
  await job.wait(LOAD_ANSWER_MS);
  return ok(jobResource(job));
}

function checkBody(sent: unknown): z.infer<typeof jobBody> {
  const body = parse(jobBody, sent);
  const { load, dryRun } = body.configuration;
  if (!load || dryRun) {
    throw new BigQueryError('invalid', 'An upload needs configuration.load, and no dryRun');
  }
  return body;
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
