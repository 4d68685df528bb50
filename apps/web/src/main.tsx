/** Entry of the app that a server gives out. */
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { serverSource } from './data/server.ts';

createRoot(document.getElementById('root')!).render(<App source={serverSource} />);
