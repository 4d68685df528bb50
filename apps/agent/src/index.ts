/** The door of the agent: what building it needs to know. */
export { VERSION } from './version.ts';
