/** The API's description of itself, served by the API: for programs and for people. */
import { ENDPOINTS, getApiPage, getApiStyle, getOpenApi, openApiDocument, reply } from '@logonscope/protocol';
import { type Route, route } from '../../http/mount.ts';
import { API_STYLE, apiPage } from './page.ts';

const VERSION = '1';

/** All are the same for everybody, so they are made once. */
export function openApiRoutes(): Route[] {
  const document = openApiDocument(ENDPOINTS, VERSION) as { openapi: string };
  const page = apiPage(document);
  return [
    route(getOpenApi, { action: 'public', handle: () => reply(200, document) }),
    route(getApiPage, { action: 'public', handle: () => reply(200, page) }),
    route(getApiStyle, { action: 'public', handle: () => reply(200, API_STYLE) }),
  ];
}
