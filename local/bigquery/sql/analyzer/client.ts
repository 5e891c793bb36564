import { credentials, loadPackageDefinition, type ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { BigQueryError } from '../errors';

const MESSAGE_LIMIT_BYTES = 512 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 20_000;

type Method = 'Analyze' | 'EvaluateQuery' | 'ExtractTableNamesFromStatement' | 'GetLanguageOptions';

type Unary = (
  request: object,
  callback: (error: ServiceError | null, answer: unknown) => void,
) => void;

interface Stub {
  readonly [method: string]: unknown;
  waitForReady(deadline: number, callback: (error?: Error) => void): void;
  close(): void;
}

export interface AnalyzerClient {
  /** One call; a refusal of the statement becomes a BigQueryError with its position. */
  call<Answer>(method: Method, request: object): Promise<Answer>;
  close(): void;
}

/** Reads the protos (about 0.5 s, once in a process) and connects. */
export async function connect(address: string, protos: string): Promise<AnalyzerClient> {
  const stub = makeStub(address, protos);
  await new Promise<void>((resolve, reject) => {
    stub.waitForReady(Date.now() + CONNECT_TIMEOUT_MS, (error) =>
      error ? reject(error) : resolve(),
    );
  });
  return {
    call: <Answer>(method: Method, request: object) =>
      new Promise<Answer>((resolve, reject) => {
        (stub[method] as Unary).call(stub, request, (error, answer) =>
          error ? reject(toBigQueryError(error)) : resolve(answer as Answer),
        );
      }),
    close: () => stub.close(),
  };
}

let loaded:
  | { readonly protos: string; readonly Service: new (...args: unknown[]) => Stub }
  | undefined;

function makeStub(address: string, protos: string): Stub {
  if (loaded?.protos !== protos) {
    const definition = loadSync('local_service.proto', {
      longs: String,
      enums: String,
      oneofs: true,
      arrays: true,
      includeDirs: [protos],
    });
    const root = loadPackageDefinition(definition) as unknown as {
      zetasql: { local_service: { ZetaSqlLocalService: new (...args: unknown[]) => Stub } };
    };
    loaded = { protos, Service: root.zetasql.local_service.ZetaSqlLocalService };
  }
  return new loaded.Service(address, credentials.createInsecure(), {
    'grpc.max_receive_message_length': MESSAGE_LIMIT_BYTES,
    'grpc.max_send_message_length': MESSAGE_LIMIT_BYTES,
  });
}

const UNAVAILABLE = 14;

/** The service's sentence 'Unrecognized name: y [at 1:23]' with the position taken out. */
export function toBigQueryError(error: ServiceError): BigQueryError {
  if (error.code === UNAVAILABLE) {
    return new BigQueryError(
      'internalError',
      'The analyzer of the local BigQuery has ended; start it again',
    );
  }
  const text = error.details || error.message;
  const match = /^(.*?) \[at (\d+):(\d+)\]$/s.exec(text);
  if (!match) return new BigQueryError(reasonOf(text), text);
  const location = { line: Number(match[2]), column: Number(match[3]) };
  return new BigQueryError(reasonOf(text), match[1] as string, location);
}

function reasonOf(text: string): 'notFound' | 'invalidQuery' {
  return /^Table not found/.test(text) ? 'notFound' : 'invalidQuery';
}
