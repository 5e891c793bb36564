import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rawTables } from '@tributary/functions/shared/raw-tables';
import { parse } from 'yaml';
import { z } from 'zod';
import type { CompiledProject, Target } from '../project';
import { allTargets, fullName, tablesNamed } from '../table-names';

/** What every row of a table keeps to, as the project's own assertions state it. */
export interface TableRules {
  /** Groups of columns that no two rows share. */
  readonly uniqueKeys: readonly (readonly string[])[];
  readonly nonNull: ReadonlySet<string>;
}

interface OpenRules {
  readonly uniqueKeys: string[][];
  readonly nonNull: Set<string>;
}

/** The rules of the project's tables by full name. */
export class ProjectRules {
  private constructor(private readonly rules: ReadonlyMap<string, TableRules>) {}

  /**
   * Reads what Dataform writes for the assertions `uniqueKey`, `uniqueKeys` and `nonNull` (row
   * conditions "column IS NOT NULL" are the same), the file tests/proof/keys.yaml for keys that no
   * assertion states, and the contract of our own raw tables. Random rows keep to all this, since
   * models may rely on it: a window ordered by an id is a total order where ids are unique.
   */
  static of(project: CompiledProject): ProjectRules {
    const rules = new Map<string, OpenRules>();
    const open = (table: string): OpenRules => {
      const own = rules.get(table) ?? { uniqueKeys: [], nonNull: new Set() };
      rules.set(table, own);
      return own;
    };
    for (const { query } of project.assertions) readAssertion(query, open);
    const targets = allTargets(project);
    for (const [name, key] of Object.entries(statedKeys(project.dir))) {
      for (const target of tablesNamed(targets, name)) open(fullName(target)).uniqueKeys.push(key);
    }
    for (const source of project.sources.values()) {
      for (const column of requiredOf(source.name)) open(fullName(source)).nonNull.add(column);
    }
    return new ProjectRules(rules);
  }

  /** None where nothing is stated. */
  of(target: Target): TableRules {
    return this.rules.get(fullName(target)) ?? { uniqueKeys: [], nonNull: new Set() };
  }
}

function readAssertion(query: string, open: (table: string) => OpenRules): void {
  const table = /FROM\s+`([^`]+)`/.exec(query)?.[1];
  if (table === undefined) return;
  const grouped = /GROUP BY ([\w\s,]+?)\s*\) AS data\s+WHERE index_row_count > 1\s*$/.exec(query);
  if (grouped?.[1] !== undefined) {
    open(table).uniqueKeys.push(grouped[1].split(',').map((name) => name.trim()));
  }
  const conditions = query.matchAll(
    /AS failing_row_condition,[^;]*?WHERE NOT \((\w+) IS NOT NULL\)/g,
  );
  for (const [, column] of conditions) if (column !== undefined) open(table).nonNull.add(column);
}

const keysFile = z.record(z.string(), z.array(z.string()));

function statedKeys(projectDir: string): Record<string, string[]> {
  const file = join(projectDir, 'tests/proof/keys.yaml');
  if (!existsSync(file)) return {};
  const read = keysFile.safeParse(parse(readFileSync(file, 'utf8')));
  if (read.success) return read.data;
  throw new Error(`${file} must name the columns of a key by table: {orders: [order_id]}.`);
}

function requiredOf(name: string): string[] {
  const raw = Object.entries(rawTables).find(([table]) => table === name)?.[1];
  return (raw?.columns ?? [])
    .filter((column) => 'mode' in column && column.mode === 'REQUIRED')
    .map((column) => column.name);
}
