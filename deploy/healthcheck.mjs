// Asks the server in this container whether it is ready; exits with 0 if so. The certificate is the server's own
// matter: whoever can answer on this port inside the container is the server.
import { request as http } from 'node:http';
import { request as https } from 'node:https';

const port = Number(process.env.LOGONSCOPE_PORT ?? 8000);
const TIMEOUT_MS = 4_000;

/** The status of /readyz, or null if nobody speaks this protocol there. */
function ask(request) {
  return new Promise((answered) => {
    const options = {
      host: '127.0.0.1',
      port,
      path: '/readyz',
      timeout: TIMEOUT_MS,
      rejectUnauthorized: false,
    };
    const asked = request(options, (response) => {
      response.resume();
      answered(response.statusCode ?? null);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => answered(null));
    asked.end();
  });
}

const status = (await ask(https)) ?? (await ask(http));
process.exitCode = status === 200 ? 0 : 1;
