/** What operators and their tools ask: does it live, is it ready, how much does it do. */
import { z } from 'zod';
import { endpoint, raw } from '../endpoint.ts';

export const getLive = endpoint({
  id: 'getLive',
  method: 'GET',
  path: '/livez',
  summary: 'Whether the process runs.',
  replies: { 200: z.object({ status: z.literal('alive') }) },
  auth: 'anonymous',
});

const readiness = z.object({
  status: z.enum(['ready', 'not-ready', 'stopping']),
  database: z.enum(['connected', 'disconnected']),
});

export const getReady = endpoint({
  id: 'getReady',
  method: 'GET',
  path: '/readyz',
  summary: 'Whether requests can be sent here: the database answers and the server is not about to stop.',
  replies: { 200: readiness, 503: readiness.meta({ description: 'Ask another server, or again later.' }) },
  auth: 'anonymous',
});

export const getMetrics = endpoint({
  id: 'getMetrics',
  method: 'GET',
  path: '/metrics',
  summary: 'Figures for Prometheus; for the machine itself, or with the token of METRICS_TOKEN.',
  replies: { 200: raw('The metrics as text.', 'text/plain; version=0.0.4; charset=utf-8') },
  auth: 'anonymous',
});
