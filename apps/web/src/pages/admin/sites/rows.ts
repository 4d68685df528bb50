/** Sites and keys as the server lists them. */
import type { listKeys, listSites } from '@logonscope/protocol';
import type { BodyOf } from '../../../data/source.ts';

export type SiteRow = BodyOf<typeof listSites>['rows'][number];
export type KeyRow = BodyOf<typeof listKeys>['rows'][number];
