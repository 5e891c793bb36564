import { BigQueryError } from '../errors';
import { GrpcError, openChannel } from './grpc';
import { type Decoded, decode } from './wire/decode';
import { encode } from './wire/encode';
import { loadSchema } from './wire/load-schema';
import type { Message, Schema } from './wire/schema';

const PACKAGE = 'zetasql.local_service';
const SERVICE = `/${PACKAGE}.ZetaSqlLocalService`;

/** The methods that we call, with their messages. */
const METHODS = {
  Analyze: [`${PACKAGE}.AnalyzeRequest`, `${PACKAGE}.AnalyzeResponse`],
  EvaluateQuery: [`${PACKAGE}.EvaluateQueryRequest`, `${PACKAGE}.EvaluateQueryResponse`],
  ExtractTableNamesFromStatement: [
    `${PACKAGE}.ExtractTableNamesFromStatementRequest`,
    `${PACKAGE}.ExtractTableNamesFromStatementResponse`,
  ],
  GetLanguageOptions: [`${PACKAGE}.LanguageOptionsRequest`, 'zetasql.LanguageOptionsProto'],
  RegisterCatalog: [`${PACKAGE}.RegisterCatalogRequest`, `${PACKAGE}.RegisterResponse`],
  UnregisterCatalog: [`${PACKAGE}.UnregisterRequest`, 'google.protobuf.Empty'],
} as const;

type Method = keyof typeof METHODS;

export interface AnalyzerClient {
  /** A part of a request on the wire, to be made once and sent often. */
  part(method: Method, fields: object): Buffer;
  /** One call; a refusal of the statement becomes a BigQueryError with its position. */
  call<Answer>(method: Method, ...parts: readonly (Buffer | object)[]): Promise<Answer>;
  /** The same, with the answer as it came. */
  callForBytes(method: Method, ...parts: readonly (Buffer | object)[]): Promise<Buffer>;
  answerOf(method: Method): Message;
  /** Encodes any message, to stand in another one as it is. */
  encode(message: string, fields: object): Buffer;
  close(): void;
}

/**
 * Connects to the service on `socket`, and reads the protocol from its .proto files. The parts of
 * a request follow one another on the wire: of a message that stands in several, the parts add up.
 */
export function connect(socket: string, protos: string): AnalyzerClient {
  const schema = schemaOf(protos);
  const channel = openChannel(socket);
  const part = (method: Method, fields: object) =>
    encode(schema.message(METHODS[method][0]), fields);
  const callForBytes = async (method: Method, ...parts: readonly (Buffer | object)[]) => {
    const message = parts.map((one) => (Buffer.isBuffer(one) ? one : part(method, one)));
    try {
      return await channel.call(`${SERVICE}/${method}`, message);
    } catch (error) {
      throw error instanceof GrpcError ? toBigQueryError(error) : error;
    }
  };
  const answerOf = (method: Method) => schema.message(METHODS[method][1]);
  return {
    part,
    callForBytes,
    answerOf,
    call: async <Answer>(method: Method, ...parts: readonly (Buffer | object)[]) =>
      decode(answerOf(method), await callForBytes(method, ...parts)) as Decoded & Answer,
    encode: (message, fields) => encode(schema.message(message), fields),
    close: () => channel.close(),
  };
}

let loaded: { readonly protos: string; readonly schema: Schema } | undefined;

function schemaOf(protos: string): Schema {
  if (loaded?.protos !== protos) {
    loaded = { protos, schema: loadSchema(protos, 'local_service.proto') };
  }
  return loaded.schema;
}

const UNAVAILABLE = 14;

/** The service's sentence 'Unrecognized name: y [at 1:23]' with the position taken out. */
export function toBigQueryError(error: {
  readonly code: number;
  readonly details: string;
}): BigQueryError {
  if (error.code === UNAVAILABLE) {
    return new BigQueryError(
      'internalError',
      'The analyzer of the local BigQuery has ended; start it again',
    );
  }
  const text = error.details;
  const match = /^(.*?) \[at (\d+):(\d+)\]$/s.exec(text);
  if (!match) return new BigQueryError(reasonOf(text), text);
  const location = { line: Number(match[2]), column: Number(match[3]) };
  return new BigQueryError(reasonOf(text), match[1] as string, location);
}

function reasonOf(text: string): 'notFound' | 'invalidQuery' {
  return /^Table not found/.test(text) ? 'notFound' : 'invalidQuery';
}
