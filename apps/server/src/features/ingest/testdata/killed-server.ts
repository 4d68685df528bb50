/** A server to be killed: opens the store of the folder it is given, listens, prints its port. */
import type { AddressInfo } from 'node:net';
import { createAccess } from '../../../access/access.ts';
import { openStore } from '../../../db/index.ts';
import { createHttp } from '../../../http/create.ts';
import { openIngest } from '../open.ts';

const folder = process.argv[2]!;
const store = await openStore('sqlite:///test.db', { folder });
const access = createAccess({
  store,
  clock: Date.now,
  secure: false,
  secretKey: 'only for tests, and long enough',
});
const options = { store, now: Date.now, uploadFolder: folder, assumedTimezone: 'UTC' };
const app = await createHttp({ gate: access.gate, routes: openIngest(options).routes, logLevel: 'silent' });
await app.listen({ host: '127.0.0.1', port: 0 });
console.log((app.server.address() as AddressInfo).port);
