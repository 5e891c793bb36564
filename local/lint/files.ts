import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type SourceFile, sourceFile } from './sqlx/source-file';

/** All files below definitions/, by path. */
export function readDefinitions(projectDir: string): SourceFile[] {
  const folder = join(projectDir, 'definitions');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) =>
      sourceFile(relative(projectDir, file).split(sep).join('/'), readFileSync(file, 'utf8')),
    );
}
