/** The process `logonscope`: sets its memory up, hands over arguments and streams, and takes the exit status. */
import { setFlagsFromString } from 'node:v8';
import { run } from './run.ts';
import { processTerminal } from './terminal.ts';

// Events live until the sessions are found, so a young generation that grows (V8 lets it grow to 128 MB) holds
// little that dies: kept small, a log of 1 GB takes 0.68 times the memory, at no more CPU time.
setFlagsFromString('--semi-space-growth-factor=1');

process.exitCode = await run(process.argv.slice(2), processTerminal(process.env));
