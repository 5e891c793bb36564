import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@tributary/functions/shared/errors';
import { z } from 'zod';

const secretsFile = z.object({ hashSecret: z.string().min(16), apiKey: z.string().min(16) });

type LocalSecrets = Readonly<z.infer<typeof secretsFile>>;

/**
 * The secrets of a warehouse on a laptop: made once and kept beside it, readable by its owner
 * alone, so that the same IP address has the same hash tomorrow. In the cloud they come from
 * the environment, and a missing one refuses the start.
 */
export function localSecrets(warehouseDir: string): LocalSecrets {
  const file = join(warehouseDir, 'secrets.json');
  if (!existsSync(file)) {
    const secrets = { hashSecret: randomText(), apiKey: randomText() };
    mkdirSync(warehouseDir, { recursive: true });
    writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600, flag: 'wx' });
    return secrets;
  }
  const read = secretsFile.safeParse(readJson(file));
  if (!read.success)
    throw new UserError(`${file} is damaged; delete it, and new secrets are made.`);
  return read.data;
}

const randomText = (): string => randomBytes(24).toString('base64url');

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
