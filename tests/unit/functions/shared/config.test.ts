import {
  readApiKeys,
  readCollectorConfig,
  readFunctionTarget,
  readLogLevel,
  readOptionalApiKeys,
  readWarehouseConfig,
} from '@tributary/functions/shared/config';

describe('readWarehouseConfig', () => {
  it('never reaches for the cloud unless told', () => {
    const env = { TRIBUTARY_PROJECT: 'p' };
    expect(() => readWarehouseConfig(env)).toThrow(
      /set BIGQUERY_EMULATOR_HOST .*TRIBUTARY_CLOUD=1/,
    );
    expect(() => readWarehouseConfig({ ...env, TRIBUTARY_CLOUD: '0' })).toThrow();
    expect(readWarehouseConfig({ ...env, TRIBUTARY_CLOUD: '1' })).toEqual({
      projectId: 'p',
      rawDataset: 'raw',
      dataset: 'tributary',
      location: 'EU',
      exportBucket: 'p-tributary-exports',
    });
  });

  it('reads a local endpoint, with or without protocol', () => {
    const env = { TRIBUTARY_PROJECT: 'p', TRIBUTARY_EXPORT_DIR: '/w/exports' };
    const read = (host: string) =>
      readWarehouseConfig({ ...env, BIGQUERY_EMULATOR_HOST: host }).apiEndpoint;
    expect(read('127.0.0.1:9050')).toBe('http://127.0.0.1:9050');
    expect(read('http://127.0.0.1:9050/')).toBe('http://127.0.0.1:9050');
  });

  it('names the missing project', () => {
    expect(() => readWarehouseConfig({ TRIBUTARY_CLOUD: '1' })).toThrow(/set TRIBUTARY_PROJECT/);
  });
});

describe('secrets', () => {
  const secret = 'sixteen characters';

  it('refuse the start where they are missing or short, and are never shown', () => {
    expect(() => readCollectorConfig({ TRIBUTARY_SITES: '*' })).toThrow(
      /^TRIBUTARY_HASH_SECRET is not set: set it to a random text/,
    );
    expect(() => readApiKeys({})).toThrow(/^TRIBUTARY_API_KEYS is not set/);
    expect(() => readApiKeys({ TRIBUTARY_API_KEYS: '' })).toThrow(
      /has a value that does not serve/,
    );
    expect(() => readApiKeys({ TRIBUTARY_API_KEYS: 'short' })).not.toThrow(/short/);
    expect(() => readApiKeys({ TRIBUTARY_API_KEYS: 'short' })).toThrow(/at least 16 characters/);
    expect(() => readOptionalApiKeys({ TRIBUTARY_API_KEYS: 'short' })).toThrow();
    expect(readOptionalApiKeys({})).toEqual([]);
  });

  it('come with the sites, which must be said', () => {
    expect(() => readCollectorConfig({ TRIBUTARY_HASH_SECRET: secret })).toThrow(/TRIBUTARY_SITES/);
    const read = (sites: string) =>
      readCollectorConfig({ TRIBUTARY_HASH_SECRET: secret, TRIBUTARY_SITES: sites }).sites;
    expect(read('shop, blog')).toEqual(['shop', 'blog']);
    expect(read('*')).toBe('any');
    expect(readApiKeys({ TRIBUTARY_API_KEYS: `${secret}, ${secret}2` })).toHaveLength(2);
  });
});

describe('readFunctionTarget', () => {
  it('reads the option before the environment', () => {
    expect(readFunctionTarget({ FUNCTION_TARGET: 'a' }, ['node', 'x', '--target=b'])).toBe('b');
    expect(readFunctionTarget({ FUNCTION_TARGET: 'a' }, [])).toBe('a');
    expect(readFunctionTarget({}, [])).toBeUndefined();
  });
});

describe('readLogLevel', () => {
  it('is info unless told, and refuses what is no level', () => {
    expect(readLogLevel({})).toBe('info');
    expect(() => readLogLevel({ TRIBUTARY_LOG_LEVEL: 'loud' })).toThrow(/TRIBUTARY_LOG_LEVEL/);
  });
});
