/** Mantine's theme made of our tokens, so that its parts and ours look alike. */
import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core';

/** From the lightest to the darkest; 7 and up carry white text at 4.5:1 and better. */
const ACCENT: MantineColorsTuple = [
  '#e8effb',
  '#cfdef6',
  '#a6c3ef',
  '#7aa6e7',
  '#5089dd',
  '#3272d2',
  '#235fc3',
  '#154db2',
  '#103f94',
  '#0b3177',
];

/** From text to the darkest ground: what Mantine's own parts are made of in the dark. */
const DARK: MantineColorsTuple = [
  '#e7ebf2',
  '#c4ccd8',
  '#9aa5b5',
  '#6b7789',
  '#3a4454',
  '#262d39',
  '#11151c',
  '#171c25',
  '#11151c',
  '#0c1016',
];

export const theme: MantineThemeOverride = createTheme({
  colors: { accent: ACCENT, dark: DARK },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '4px', md: '8px', lg: '8px', xl: '12px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** The variables of Mantine that our tokens decide. */
export const variables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--bg)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-muted)',
    '--mantine-color-placeholder': 'var(--text-muted)',
    '--mantine-color-default': 'var(--bg-raised)',
    '--mantine-color-default-hover': 'var(--bg-lane)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-error': 'var(--danger)',
    '--mantine-color-anchor': 'var(--accent)',
  };
  return { variables: {}, light: shared, dark: shared };
};
