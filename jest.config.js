/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  randomize: true,
  setupFilesAfterEnv: ['<rootDir>/tests/support/properties.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' } }],
    // The BigQuery client fetches through `import('node-fetch')`, which jest can't run natively.
    '/node_modules/.+\\.js$': [
      '@swc/jest',
      { jsc: { target: 'es2023' }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(teeny-request|node-fetch|fetch-blob|formdata-polyfill|data-uri-to-buffer)/)',
  ],
  moduleNameMapper: {
    '^@tributary/functions/(.*)$': '<rootDir>/functions/$1',
    '^@tributary/local/(.*)$': '<rootDir>/local/$1',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  moduleFileExtensions: ['ts', 'js', 'json'],
  // Whole runs wait for child processes half of the time: one worker a core, not one less.
  maxWorkers: '100%',
  testTimeout: 60000,
};
