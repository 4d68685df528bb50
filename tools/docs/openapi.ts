/** docs/api/openapi.json: the API's contract as OpenAPI 3.1. */
import { ENDPOINTS, openApiDocument } from '@logonscope/protocol';
import type { Page } from './page.ts';

export const openApi: Page = {
  path: 'docs/api/openapi.json',
  render: () => `${JSON.stringify(openApiDocument(ENDPOINTS, '1'), null, 2)}\n`,
};
