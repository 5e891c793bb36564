import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { messageOf, UserError } from '@tributary/functions/shared/errors';
import { parse } from 'yaml';
import { z } from 'zod';

const SETTINGS_FILE = 'workflow_settings.yaml';

const workflowSettings = z.object({
  defaultProject: z.string().min(1),
  defaultLocation: z.string().min(1),
  defaultDataset: z.string().min(1),
  vars: z.record(z.string(), z.string()).default({}),
});

/** A Tributary checkout: where its models are, and the names that its settings give. */
export interface Project {
  readonly dir: string;
  readonly projectId: string;
  readonly location: string;
  readonly dataset: string;
  readonly rawDataset: string;
  readonly truthDataset: string;
  /** False for a Dataform project of somebody else, which has its own tables and no training. */
  readonly isOurs: boolean;
}

/** Finds the project in this folder or above it and reads workflow_settings.yaml. */
export function findProject(from: string = process.cwd()): Project {
  const dir = projectFolder(resolve(from));
  const file = join(dir, SETTINGS_FILE);
  const read = workflowSettings.safeParse(readYaml(file));
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new UserError(
      `${file}: ${issue?.path.join('.')}: ${issue?.message}; set it as the README shows.`,
    );
  }
  const settings = read.data;
  return {
    dir,
    projectId: settings.defaultProject,
    location: settings.defaultLocation,
    dataset: settings.defaultDataset,
    rawDataset: settings.vars.raw_dataset ?? 'raw',
    truthDataset: settings.vars.truth_dataset ?? 'truth',
    isOurs: existsSync(join(dir, 'functions/shared/raw-tables.ts')),
  };
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const [what] = messageOf(error).split('\n');
    throw new UserError(`${file} is no YAML: ${what?.replace(/:$/, '')}; mend it there.`);
  }
}

function projectFolder(from: string): string {
  for (let dir = from; ; dir = dirname(dir)) {
    if (existsSync(join(dir, SETTINGS_FILE))) return dir;
    if (dir === dirname(dir)) {
      throw new UserError(
        `No ${SETTINGS_FILE} in ${from} or above it; run the command inside a Tributary checkout.`,
      );
    }
  }
}
