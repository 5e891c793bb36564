import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNdjsonFile } from '@tributary/functions/warehouse/ndjson';
import { startLocalBigQuery } from '../../bigquery/server';
import type { Project } from '../project';
import { onLaptop } from '../warehouse';
import { type ModelSql, readIncludes, readModels } from './read-models';
import { type Answer, answerColumns, type Visit } from './visit';

/** Finds out sources and channels by the models' own SQL. */
export interface Classifier {
  /** One answer a visit, in their order. */
  classify(visits: readonly Visit[]): Promise<Answer[]>;
  /** Stops the local BigQuery and removes its folder. */
  close(): Promise<void>;
}

/** The site of all visits: none that the settings list, unless the command names its hosts. */
const SITE = 'file';
/** All visits happen at one time, since each is a visitor of its own. */
const AT = '2026-01-01T00:00:00Z';
/** Answers come as JSON of so many visits at once: a row of its own for each takes ten times longer. */
const CHUNK = 1000;
const selected = ['events.event_id', ...answerColumns.map((name) => `sessions.${name}`)].join(', ');
/** The model that says what channel a session has. */
const MODEL = 'int_sessions__sessions';
/** The model that keeps servers' lone events in a table beside it. Visits come from no server. */
const EVENTS = 'int_sessions__visit_events';

/**
 * A local BigQuery in a temporary folder, in which each visit becomes a visitor's only event, and
 * the models make a session of it.
 *
 * @param siteHosts hosts that are the site itself; without any it is the page's own domain
 */
export async function openClassifier(
  project: Project,
  siteHosts: readonly string[],
): Promise<Classifier> {
  const includes = readIncludes(project.dir, (settings) => {
    if (siteHosts.length > 0) settings.sites.push({ site_id: SITE, domains: siteHosts });
  });
  const { dataset, rawDataset } = project;
  const models = readModels(project.dir, MODEL, includes, {
    table: (name) => `\`${dataset}.${name}\``,
    source: (name) => `\`${rawDataset}.${name}\``,
  });
  const dir = mkdtempSync(join(tmpdir(), 'tributary-channels-'));
  const remove = () => rmSync(dir, { recursive: true, force: true });
  // Also where somebody stops the command in the middle.
  process.once('exit', remove);
  const server = await startLocalBigQuery({ warehouseDir: dir, defaultProject: project.projectId });
  const { warehouse } = onLaptop(project, dir, server.url);
  await warehouse.ensureRawTables();
  await warehouse.query(`CREATE SCHEMA IF NOT EXISTS \`${dataset}\``);
  const script = models
    .flatMap((model) => [
      createStatement(dataset, model),
      ...(model.name === EVENTS ? [emptyBeside(dataset, rawDataset)] : []),
    ])
    .join(';\n');

  return {
    async classify(visits) {
      // Files repeat themselves: a page with its referrer is looked at once.
      const places = new Map<string, number>();
      const distinct: Visit[] = [];
      const indexes = visits.map((visit) => {
        const key = JSON.stringify([visit.pageUrl, visit.pageReferrer]);
        const known = places.get(key) ?? distinct.push(visit) - 1;
        places.set(key, known);
        return known;
      });
      const file = await createNdjsonFile();
      try {
        for (const [index, visit] of distinct.entries()) await file.write(eventOf(visit, index));
        await file.close();
        await warehouse.query(`TRUNCATE TABLE \`${rawDataset}.events\``);
        await warehouse.loadFile('events', file.path);
      } finally {
        await file.remove();
      }
      await warehouse.query(script);
      const chunks = await warehouse.query<{ readonly chunk: string }>(`
        SELECT TO_JSON_STRING(ARRAY_AGG(STRUCT(${selected}))) AS chunk
        FROM \`${dataset}.session_events\` AS events
        INNER JOIN \`${dataset}.${MODEL}\` AS sessions ON sessions.session_id = events.session_id
        GROUP BY DIV(CAST(events.event_id AS INT64), ${CHUNK})`);
      const answers: Answer[] = [];
      for (const { chunk } of chunks) {
        for (const { event_id, ...answer } of JSON.parse(chunk)) answers[Number(event_id)] = answer;
      }
      return indexes.map((index) => answers[index] as Answer);
    },
    async close() {
      await server.close();
      process.off('exit', remove);
      remove();
    },
  };
}

/** A visit without page is one of the start page: its referrer still tells where it came from. */
function eventOf({ pageUrl, pageReferrer }: Visit, index: number) {
  return {
    event_id: String(index),
    event_name: 'page_view',
    site_id: SITE,
    source: 'import',
    occurred_at: AT,
    received_at: AT,
    anonymous_id: String(index),
    page_url: wellFormed(pageUrl) ?? '/',
    page_referrer: wellFormed(pageReferrer),
  };
}

/** BigQuery's text is UTF-8, which has no half of a surrogate pair. */
function wellFormed(text: string | null): string | null {
  return text === null ? null : text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** The table is declared, and what is declared is looked for among the raw tables. */
function emptyBeside(dataset: string, rawDataset: string): string {
  return `CREATE OR REPLACE TABLE \`${rawDataset}.${EVENTS}__lone\` AS
SELECT * FROM \`${dataset}.${EVENTS}\` WHERE FALSE`;
}

function createStatement(dataset: string, { name, type, query }: ModelSql): string {
  const kind = type === 'view' ? 'VIEW' : 'TABLE';
  return `CREATE OR REPLACE ${kind} \`${dataset}.${name}\` AS ${query}`;
}
