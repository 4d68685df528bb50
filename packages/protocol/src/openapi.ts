/** The OpenAPI 3.1 document, made from the contract alone. */
import { z } from 'zod';
import { type Auth, type Endpoint, isSchema, type RawContent, type ReplyContent } from './endpoint.ts';
import { PROBLEM_TYPE, problem } from './shapes.ts';

type Json = { [key: string]: unknown };

/** Named schemas, collected while the endpoints are written. */
type Components = Map<string, Json>;

const SECURITY: Readonly<Record<Auth, readonly Json[]>> = {
  anonymous: [{}],
  portal: [{ portalSession: [] }],
  apiKey: [{ apiKey: [] }],
  any: [{ portalSession: [] }, { apiKey: [] }],
};

const SECURITY_SCHEMES: Json = {
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The key of a site.' },
  portalSession: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-logonscope',
    description:
      'A portal session (`logonscope` over plain http on loopback); changing calls also need the header X-CSRF-Token.',
  },
};

/** A zod schema as JSON Schema; what it names goes to the components. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Components): Json {
  const { $schema, $defs, ...own } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  const lifted = (json: unknown): unknown => {
    if (Array.isArray(json)) return json.map(lifted);
    if (typeof json !== 'object' || json === null) return json;
    return Object.fromEntries(
      Object.entries(json)
        .filter(([key]) => key !== 'id' || typeof (json as Json).id !== 'string')
        .map(([key, value]) =>
          key === '$ref' && typeof value === 'string'
            ? [key, value.replace('#/$defs/', '#/components/schemas/')]
            : [key, lifted(value)],
        ),
    );
  };
  for (const [name, definition] of Object.entries(($defs ?? {}) as Json)) {
    components.set(name, lifted(definition) as Json);
  }
  const id = own.id;
  if (typeof id !== 'string') return lifted(own) as Json;
  components.set(id, lifted(own) as Json);
  return { $ref: `#/components/schemas/${id}` };
}

/** One parameter for each property of an object schema. */
function parametersOf(
  schema: z.ZodType | undefined,
  place: 'path' | 'query',
  components: Components,
): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input', components) as {
    properties?: Record<string, Json>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

function rawContent({ contentTypes }: RawContent): Json {
  return Object.fromEntries(contentTypes.map((type) => [type, { schema: { type: 'string' } }]));
}

function replyOf(content: ReplyContent, components: Components): Json {
  if (isSchema(content)) {
    return {
      description: content.description ?? 'Done.',
      content: { 'application/json': { schema: schemaOf(content, 'output', components) } },
    };
  }
  return content.kind === 'empty'
    ? { description: 'Done; there is nothing to tell.' }
    : { description: content.description, content: rawContent(content) };
}

function operationOf(endpoint: Endpoint, components: Components): Json {
  const body = endpoint.bodyShown ?? endpoint.body;
  const parameters = [
    ...parametersOf(endpoint.params, 'path', components),
    ...parametersOf(endpoint.query, 'query', components),
  ];
  const replies = Object.entries(endpoint.replies).map(([status, content]): [string, Json] => [
    status,
    replyOf(content, components),
  ]);
  const content =
    body !== undefined && isSchema(body)
      ? { 'application/json': { schema: schemaOf(body, 'input', components) } }
      : body && rawContent(body);
  return {
    operationId: endpoint.id,
    summary: endpoint.summary,
    tags: [endpoint.path.split('/').find((part) => part !== '' && part !== 'api' && part !== 'v1') ?? 'home'],
    security: SECURITY[endpoint.auth],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(content === undefined ? {} : { requestBody: { required: true, content } }),
    responses: { ...Object.fromEntries(replies), default: { $ref: '#/components/responses/Refused' } },
  };
}

/** The document for these endpoints; the same list always gives the same text. */
export function openApiDocument(endpoints: readonly Endpoint[], version: string): Json {
  const components: Components = new Map();
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][endpoint.method.toLowerCase()] = operationOf(endpoint, components);
  }
  const refused = {
    description: 'Refused, and why.',
    content: { [PROBLEM_TYPE]: { schema: schemaOf(problem, 'output', components) } },
  };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Logonscope',
      version,
      description: 'Windows events in, logon sessions with honest use time out. Times are ISO 8601 UTC.',
    },
    paths,
    components: {
      schemas: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
      responses: { Refused: refused },
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}
