/** The door of the protocol: what travels over HTTP, described once. */
export * from './client.ts';
export * from './contract/index.ts';
export * from './cursor.ts';
export * from './endpoint.ts';
export * from './legacy.ts';
export * from './limits.ts';
export * from './openapi.ts';
export * from './shapes.ts';
export * from './timeline/index.ts';
