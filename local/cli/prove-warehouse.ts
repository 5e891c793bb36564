import { readFileSync, writeFileSync } from 'node:fs';
import { UserError } from '@tributary/functions/shared/errors';
import { compilerOf } from '../bigquery/jobs/compiler';
import { startAnalyzer } from '../bigquery/sql/analyzer';
import { compileProject } from '../bigquery/testing/project';
import {
  type ChecksumDifference,
  checksumDifferences,
  checksumFile,
  type TableChecksum,
  type WarehouseChecksums,
  warehouseChecksums,
} from '../bigquery/testing/proof/warehouse-checksums';
import { projectSchemas } from '../bigquery/testing/schemas';
import { type Cell, formatTable } from './table';
import type { OpenWarehouse } from './warehouse';

export interface ProveWarehouseOptions {
  /** File to write the checksums to. */
  readonly out?: string;
  /** File of the other side. */
  readonly against?: string;
  readonly json?: boolean;
}

/**
 * Prints row count and checksum of every table of the project, and compares them with those of
 * the other side. Sets exit code 1 where a table differs.
 */
export async function proveWarehouse(
  open: OpenWarehouse,
  { out, against, json = false }: ProveWarehouseOptions,
): Promise<void> {
  const other = against === undefined ? undefined : readChecksums(against);
  const checksums = await takeChecksums(open);
  if (out !== undefined) writeFileSync(out, `${JSON.stringify(checksums, null, 2)}\n`);
  const differences = other && checksumDifferences(checksums.tables, other.tables);
  if (differences && differences.length > 0) process.exitCode = 1;
  if (json) {
    process.stdout.write(`${JSON.stringify({ ...checksums, differences }, null, 2)}\n`);
    return;
  }
  if (!other || !differences) {
    process.stdout.write(
      `${formatTable(['table', 'rows', 'checksum'], checksums.tables.map(cells))}\n`,
    );
    return;
  }
  process.stdout.write(`${compared(checksums, other, differences)}\n`);
}

async function takeChecksums({
  project,
  warehouse,
  dir,
}: OpenWarehouse): Promise<WarehouseChecksums> {
  const compiled = await compileProject(project.dir);
  const compiler = compilerOf(await startAnalyzer());
  try {
    const tables = await warehouseChecksums(compiled, projectSchemas(compiled, compiler), (sql) =>
      warehouse.query(sql),
    );
    return { warehouse: dir ?? `BigQuery project ${project.projectId}`, tables };
  } finally {
    await compiler.close();
  }
}

function compared(
  here: WarehouseChecksums,
  there: WarehouseChecksums,
  differences: readonly ChecksumDifference[],
): string {
  const places = `here   ${here.warehouse}\nthere  ${there.warehouse}\n`;
  if (differences.length === 0) {
    return `${places}\nAll ${here.tables.length} tables have the same rows on both sides.`;
  }
  const table = formatTable(
    ['table', 'rows here', 'rows there', 'what differs'],
    differences.map((it) => [
      it.table,
      it.here?.rowCount ?? 'none',
      it.there?.rowCount ?? 'none',
      it.here?.rowCount === it.there?.rowCount ? 'values' : 'number of rows',
    ]),
  );
  const same = here.tables.length - differences.filter((it) => it.here).length;
  return `${places}\n${table}\n\n${differences.length} tables differ, ${same} are the same. Look at the first: those below may follow from it.`;
}

const cells = ({ table, rowCount, checksum }: TableChecksum): Cell[] => [
  table,
  rowCount ?? 'none',
  checksum,
];

function readChecksums(file: string): WarehouseChecksums {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UserError(`${file} cannot be read: make it on the other side with --out.`);
  }
  try {
    return checksumFile.parse(JSON.parse(text));
  } catch {
    throw new UserError(`${file} is no file of checksums: make it on the other side with --out.`);
  }
}
