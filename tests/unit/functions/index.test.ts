import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const entry = join(__dirname, '../../../functions/dist/index.js');
// The entry point runs as it is deployed: compiled, in a process of its own.
const itWhenBuilt = existsSync(entry) ? it : it.skip;

const environment = {
  PATH: process.env.PATH ?? '',
  FUNCTION_TARGET: 'collect',
  TRIBUTARY_PROJECT: 'p',
  BIGQUERY_EMULATOR_HOST: '127.0.0.1:1',
  TRIBUTARY_HASH_SECRET: 'sixteen characters',
  TRIBUTARY_SITES: 'shop',
};

function start(env: Readonly<Record<string, string>>): Promise<{ code: number; output: string }> {
  const script = `require(${JSON.stringify(entry)});
    const heavy = Object.keys(require.cache).filter((file) =>
      /duckdb|google-ads|business-sdk|@google-cloud.storage|ml-matrix|dist.attribution/.test(file));
    console.log(JSON.stringify(heavy));`;
  return new Promise((resolve) => {
    execFile(process.execPath, ['-e', script], { env }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr });
    });
  });
}

describe('the entry point of Cloud Functions', () => {
  itWhenBuilt('starts the collector without DuckDB, ad SDKs and trainers', async () => {
    expect(await start(environment)).toEqual({ code: 0, output: '[]\n' });
  });

  itWhenBuilt.each([
    ['collect', 'TRIBUTARY_HASH_SECRET', /TRIBUTARY_HASH_SECRET is not set/],
    ['collect', 'TRIBUTARY_SITES', /TRIBUTARY_SITES is not set/],
    ['collect', 'BIGQUERY_EMULATOR_HOST', /No BigQuery endpoint is set/],
    ['activate', 'TRIBUTARY_API_KEYS', /TRIBUTARY_API_KEYS is not set/],
    ['train_ihc', 'TRIBUTARY_API_KEYS', /TRIBUTARY_API_KEYS is not set/],
    ['train_models', 'TRIBUTARY_API_KEYS', /TRIBUTARY_API_KEYS is not set/],
    ['train_matching', 'TRIBUTARY_API_KEYS', /TRIBUTARY_API_KEYS is not set/],
    ['compute_ihc', 'TRIBUTARY_API_KEYS', /TRIBUTARY_API_KEYS is not set/],
  ])('refuses to start %s without %s', async (target, missing, message) => {
    const { [missing as 'TRIBUTARY_SITES']: _, ...rest } = environment;
    const { code, output } = await start({ ...rest, FUNCTION_TARGET: target });
    expect(code).toBe(1);
    expect(output).toMatch(message);
  });
});
