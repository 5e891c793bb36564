import { resolve } from 'node:path';
import { compileProject } from '../bigquery/testing/project';

/**
 * Run by `npm ci`, when the sources are built: compiles the project as it came, so that the first
 * `npm start`, `dataform run` or test need not (3 s, see dataform-worker/answer-first.ts). What is
 * wrong with a project is told by the command that needs it.
 */
compileProject(resolve(__dirname, '../../..')).catch(() => undefined);
