import { join, relative } from 'node:path';
import type { OpenWarehouse } from './warehouse';

/** `npx tributary`, with the warehouse where it is not the project's own. */
export function tributaryCommand({ dir, project }: Pick<OpenWarehouse, 'dir' | 'project'>): string {
  if (dir === undefined) return 'npx tributary --cloud';
  return dir === join(project.dir, '.tributary')
    ? 'npx tributary'
    : `npx tributary --warehouse ${dir}`;
}

/** The last lines of `npm start`: where everything lies and what to try next. */
export function whereThingsLie(open: OpenWarehouse): string {
  const { dir, project } = open;
  const command = tributaryCommand(open);
  const folder = dir
    ? relative(process.cwd(), dir) || '.'
    : `BigQuery project ${project.projectId}`;
  return `Warehouse   ${folder} (datasets ${project.rawDataset}, ${project.dataset}, truth)
Models      definitions/, settings in includes/settings.js
Uploads     out_google_ads__conversions, out_meta__events (nothing is sent)

Next:
  ${command} query "SELECT * FROM rpt_channel_daily LIMIT 5"
  ${command} report --help
  ${command} serve`;
}
