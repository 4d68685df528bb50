/** The API's description of itself. */
import { z } from 'zod';
import { endpoint, raw } from '../endpoint.ts';

export const getOpenApi = endpoint({
  id: 'getOpenApi',
  method: 'GET',
  path: '/api/v1/openapi.json',
  summary: 'The OpenAPI 3.1 document of this API.',
  replies: { 200: z.looseObject({ openapi: z.string() }) },
  auth: 'anonymous',
});

export const getApiPage = endpoint({
  id: 'getApiPage',
  method: 'GET',
  path: '/api/v1/docs',
  summary: 'The same as a page for people, which loads nothing from elsewhere.',
  replies: { 200: raw('The page.', 'text/html; charset=utf-8') },
  auth: 'anonymous',
});

export const getApiStyle = endpoint({
  id: 'getApiStyle',
  method: 'GET',
  path: '/api/v1/docs.css',
  summary: 'How that page looks.',
  replies: { 200: raw('The style sheet.', 'text/css; charset=utf-8') },
  auth: 'anonymous',
});
