import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localSecrets } from '@tributary/local/cli/secrets';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tributary-secrets-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

test('secrets are made once, and are the same tomorrow', () => {
  const warehouse = join(dir, 'new', 'warehouse');
  const made = localSecrets(warehouse);
  expect(localSecrets(warehouse)).toEqual(made);
  expect(made.apiKey).not.toBe(made.hashSecret);
  for (const secret of Object.values(made)) expect(secret.length).toBeGreaterThanOrEqual(32);
});

test('two warehouses share none', () => {
  expect(localSecrets(join(dir, 'a'))).not.toEqual(localSecrets(join(dir, 'b')));
});

test('only their owner may read them', () => {
  localSecrets(dir);
  expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600);
});

test.each(['{"hashSecret": "short"}', 'no JSON', ''])(
  'a damaged file is refused, not replaced',
  (text) => {
    const file = join(dir, 'secrets.json');
    writeFileSync(file, text);
    expect(() => localSecrets(dir)).toThrow(
      `${file} is damaged; delete it, and new secrets are made.`,
    );
    expect(readFileSync(file, 'utf8')).toBe(text);
  },
);
