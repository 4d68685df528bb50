/** A process of its own that opens and migrates the store in a folder, and prints what it applied. */
import { openStore } from '../store.ts';

const store = await openStore('sqlite:///new.db', { folder: process.argv[2]! });
console.log(JSON.stringify(await store.migrate()));
await store.close();
