/** Results for people: printed, and where LOGONSCOPE_PROOF_NOTES names a file, kept there for the long form. */
import { appendFileSync } from 'node:fs';
import { SEED } from './chance.ts';

/** Tells one result of a proof. */
export function note(proof: string, result: string): void {
  console.log(`${proof} (seed ${SEED}): ${result}`);
  const { LOGONSCOPE_PROOF_NOTES: file } = process.env;
  if (file !== undefined) appendFileSync(file, `| ${SEED} | ${proof} | ${result} |\n`);
}
