import { relative } from 'node:path';
import type { OpenWarehouse } from './warehouse';

/** The last lines of `npm start`: where everything lies and what to try next. */
export function whereThingsLie({ dir, project }: OpenWarehouse): string {
  const folder = dir
    ? relative(process.cwd(), dir) || '.'
    : `BigQuery project ${project.projectId}`;
  return `Warehouse   ${folder} (datasets ${project.rawDataset}, ${project.dataset}, truth)
Models      definitions/, settings in includes/settings.js
Uploads     out_google_ads__conversions, out_meta__events (nothing is sent)

Next:
  npx tributary query "SELECT * FROM rpt_channel_daily LIMIT 5"
  npx tributary report --help
  npx tributary serve`;
}
