// Writes local/bigquery/functions/time-zone-names.ts: the time zones that both BigQuery and DuckDB know.
//
//   npm run build && node scripts/build-time-zones.mjs
//
// DuckDB (ICU) knows more: letters such as BST, which it takes for Bangladesh, and names in any case.
// Google's reference engine is asked about each of DuckDB's names.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const target = path.join(root, 'local/bigquery/functions/time-zone-names.ts');
const require = createRequire(import.meta.url);
const { startEngines } = require(path.join(root, 'local/dist/bigquery/functions/proof/engines.js'));

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const rows = await connection.runAndReadAll('SELECT name FROM pg_timezone_names() ORDER BY name');
const names = rows.getRows().map(([name]) => name);
const engines = await startEngines();
const answers = await engines.reference(
  names.map((name) => `DATETIME(TIMESTAMP '2024-07-01 12:00:00+00', '${name}')`),
);
await engines.close();

const lines = [''];
for (const [index, name] of names.entries()) {
  if (answers[index].kind !== 'value') continue;
  const last = lines[lines.length - 1];
  if (last.length + name.length > 98) lines.push(name);
  else lines[lines.length - 1] = last === '' ? name : `${last} ${name}`;
}
writeFileSync(
  target,
  `// Written by scripts/build-time-zones.mjs.

/** Names of time zones that BigQuery knows, in its spelling. */
export const TIME_ZONE_NAMES: ReadonlySet<string> = new Set(
  \`${lines.join('\n')}\`.split(/\\s/),
);
`,
);
process.exit(0);
