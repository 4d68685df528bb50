/** The agent's version, as the server and the file's properties show it. */
export const VERSION = '1.0.0';
