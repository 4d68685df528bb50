/** The app around a source: cache, look, routes. */
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, useState } from 'react';
import { createCache } from '../data/ask.ts';
import { type Source, SourceContext } from '../data/source.ts';
import { createAppRouter } from '../routes.tsx';
import { Boundary } from '../ui/index.ts';
import { UiProvider } from '../ui/provider.tsx';

export function App({ source }: { source: Source }) {
  const [cache] = useState(createCache);
  const [router] = useState(createAppRouter);
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
