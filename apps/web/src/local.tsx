/** Entry of the app that works on files alone: no server is asked, and the page's policy would not let it. */
import { createRoot } from 'react-dom/client';
import { LocalApp } from './pages/local/app.tsx';

createRoot(document.getElementById('root')!).render(<LocalApp />);
