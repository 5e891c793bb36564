import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BigQueryError } from '../errors';

const PACKAGE = '@fivetrandevelopers/zetasql';

const EXECUTABLES: Readonly<Record<string, string>> = {
  'linux-x64': 'remote_server.so',
  'linux-arm64': 'remote_server_arm.so',
  'darwin-x64': 'remote_server',
  'darwin-arm64': 'remote_server_arm',
};

export interface AnalyzerFiles {
  /** The executable of the analyzer's service. */
  readonly executable: string;
  /** The folder with local_service.proto. */
  readonly protos: string;
}

/** Where the optional package put the service for this machine; throws one clear sentence. */
export function locateAnalyzer(platform = process.platform, arch = process.arch): AnalyzerFiles {
  const executable = EXECUTABLES[`${platform}-${arch}`];
  if (executable === undefined) throw unavailable(`has no build for ${platform} on ${arch}`);
  if (platform === 'linux' && !runsOnGlibc()) throw unavailable('needs glibc, not musl');
  const folder = join(packageFolder(), 'zetasql');
  const files = { executable: join(folder, executable), protos: join(folder, 'protos') };
  if (!existsSync(files.executable)) throw unavailable(`lacks ${files.executable}`);
  return files;
}

/** The one sentence for every way in which the analyzer can be missing. */
export function unavailable(why: string): BigQueryError {
  return new BigQueryError(
    'notImplemented',
    `The local BigQuery cannot start: the optional package ${PACKAGE} ${why}. ` +
      'It runs on Linux with glibc and on macOS (x64 and arm64); install it with ' +
      `\`npm install ${PACKAGE}\`, or use BigQuery itself with --cloud, which works everywhere.`,
  );
}

function packageFolder(): string {
  try {
    return dirname(require.resolve(PACKAGE));
  } catch {
    throw unavailable('is not installed');
  }
}

/** Node's report names the C library it runs on; Alpine's musl has no such entry. */
function runsOnGlibc(): boolean {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime !== undefined;
}
