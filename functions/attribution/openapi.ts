import { z } from 'zod';
import {
  computeIhcRequestSchema,
  computeIhcResponseSchema,
  errorResponseSchema,
} from './compute-ihc-schema';

/** The OpenAPI 3.0 document of compute_ihc, made from the schemas that check its requests. */
export function openApiDocument(): Record<string, unknown> {
  const json = (schema: z.ZodType) => ({ 'application/json': { schema: inline(schema) } });
  const answerOf = (description: string, schema: z.ZodType) => ({
    description,
    content: json(schema),
  });
  return {
    openapi: '3.0.3',
    info: {
      title: 'Tributary compute_ihc',
      version: '1.0.0',
      description: 'IHC credit per session of customer journeys.',
    },
    paths: {
      '/v1/compute_ihc': {
        post: {
          operationId: 'computeIhc',
          security: [{ apiKey: [] }],
          parameters: [
            {
              name: 'conv_type_id',
              in: 'query',
              required: true,
              description: 'Conversion type whose parameters score the journeys',
              schema: { type: 'string', minLength: 1 },
            },
          ],
          requestBody: { required: true, content: json(computeIhcRequestSchema) },
          responses: {
            200: answerOf('Every session has its answer', computeIhcResponseSchema),
            206: answerOf('Sessions after a conversion were left out', computeIhcResponseSchema),
            400: answerOf('The request is not as it should be', errorResponseSchema),
            401: answerOf('The key is missing', errorResponseSchema),
            403: answerOf('The key is not known', errorResponseSchema),
            404: answerOf('The conversion type is not known', errorResponseSchema),
            413: answerOf('The body is too large', errorResponseSchema),
          },
        },
      },
    },
    components: {
      securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
    },
  };
}

/** Without $ref: places in the document would differ from those zod writes. */
function inline(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io: 'input',
    reused: 'inline',
  });
  return rest;
}
