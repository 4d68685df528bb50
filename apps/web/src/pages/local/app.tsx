/** The app on files: the pages of the portal over what a worker of this browser has read. */
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, useState } from 'react';
import { createCache } from '../../data/ask.ts';
import { SourceContext } from '../../data/source.ts';
import { Boundary } from '../../ui/index.ts';
import { UiProvider } from '../../ui/provider.tsx';
import { useFiles } from './files.ts';
import { createLocalRouter } from './routes.tsx';

export function LocalApp() {
  const [cache] = useState(createCache);
  const [router] = useState(createLocalRouter);
  const source = useFiles((files) => files.source);
  return (
    <StrictMode>
      <QueryClientProvider client={cache}>
        <SourceContext value={source}>
          <UiProvider>
            <Boundary>
              <RouterProvider router={router} />
            </Boundary>
          </UiProvider>
        </SourceContext>
      </QueryClientProvider>
    </StrictMode>
  );
}
