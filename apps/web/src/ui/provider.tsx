/** What surrounds everything: theme, density, toasts. The only door through which Mantine learns of our preferences. */
import '@mantine/core/styles/baseline.layer.css';
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/global.layer.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/VisuallyHidden.layer.css';
import './tokens.css';
import './base.css';
import { MantineProvider } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { usePreferences } from '../data/preferences.ts';
import { theme, variables } from './theme.ts';
import { Toasts } from './toasts.tsx';
import { useSystemDark } from './use-system-dark.ts';

/** The server writes it into the page; style tags without it are thrown away by the browser. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** Where libraries that make style tags of their own look for it. */
(globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = nonce;

export function UiProvider({ children }: { children: ReactNode }) {
  const { theme: wanted, density } = usePreferences();
  const systemIsDark = useSystemDark();
  const scheme = wanted === 'system' ? (systemIsDark ? 'dark' : 'light') : wanted;
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      forceColorScheme={scheme}
      getStyleNonce={() => nonce}
    >
      {children}
      <Toasts />
    </MantineProvider>
  );
}
