/** The process in which a slice is fuzzed, so that an input that never comes back can be stopped and named. */
import { openSync, writeSync } from 'node:fs';
import { READERS } from '@logonscope/readers';
import { loadCorpus } from './corpus.ts';
import { fuzzSlice, type Slice } from './slice.ts';

export interface WorkerOrder extends Slice {
  readonly samples: string;
  /** A file that always holds the number of the input under way, as 32 bits. */
  readonly underWay: string;
}

const order = JSON.parse(process.argv[2] ?? '') as WorkerOrder;
const cell = new Int32Array(1);
const file = openSync(order.underWay, 'r+');
const tally = await fuzzSlice(order, loadCorpus(order.samples), READERS, {
  cpuMs: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  rssBytes: () => process.memoryUsage.rss(),
  begin: (input) => {
    cell[0] = input;
    writeSync(file, cell, 0, 4, 0);
  },
});
console.log(JSON.stringify(tally));
