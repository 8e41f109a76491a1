/** Mantine's theme made from our tokens, so that its components and ours look alike in both colour schemes. */

import {
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  Input,
  type MantineColorsTuple,
  Modal,
} from '@mantine/core'

const accent: MantineColorsTuple = [
  '#ecebfd',
  '#d9d7fa',
  '#b4afff',
  '#a09aff',
  '#8f88ff',
  '#6a63e6',
  '#4f46d8',
  '#443bc6',
  '#3d35b5',
  '#2f2a9b',
]

/** What Mantine's dark scheme is made of: from text (0) over borders (4) and raised grounds (6) to the page (7). */
const dark: MantineColorsTuple = [
  '#e7e9ef',
  '#c6cad4',
  '#a0a8b8',
  '#8a93a3',
  '#343b48',
  '#272d38',
  '#1a1e26',
  '#15181e',
  '#101318',
  '#0e1014',
]

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  colors: { accent, dark },
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input)
    if (input.variant !== 'filled') return colors
    const isAccent = input.color === undefined || input.color === input.theme.primaryColor
    if (isAccent) return { ...colors, color: 'var(--on-accent)' }
    // White would be hard to read on the error colour of the dark scheme.
    return input.color === 'var(--error)' ? { ...colors, color: 'var(--surface)' } : colors
  },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  headings: { fontFamily: 'var(--font)', fontWeight: '620' },
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  spacing: { xs: '6px', sm: '10px', md: '14px', lg: '20px', xl: '28px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'xs', variant: 'default', fw: 520 } },
    ActionIcon: { defaultProps: { size: 'md', variant: 'subtle', color: 'gray' } },
    // What is said about a field is read, not glanced at.
    InputWrapper: Input.Wrapper.extend({
      vars: () => ({
        label: {},
        success: {},
        description: { '--input-description-size': '12px' },
        error: { '--input-error-size': '12px' },
      }),
    }),
    TextInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    Autocomplete: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs', fw: 520 } },
    Switch: { defaultProps: { size: 'xs' } },
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs', iconColor: 'var(--on-accent)' } }),
    TagsInput: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false } },
    Modal: Modal.extend({
      defaultProps: { overlayProps: { backgroundOpacity: 0.35 } },
      styles: { content: { border: '1px solid var(--line-strong)' }, title: { fontSize: '15px', fontWeight: 620 } },
    }),
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
  },
})

/** Points Mantine's own colour variables at the tokens; the tokens switch with the colour scheme. */
export const cssVariables: CSSVariablesResolver = () => {
  const colors = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-bright': 'var(--text)',
    '--mantine-color-dimmed': 'var(--muted)',
    '--mantine-color-placeholder': 'var(--faint)',
    '--mantine-color-anchor': 'var(--accent-text)',
    '--mantine-color-error': 'var(--error)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-disabled': 'var(--sunken)',
    '--mantine-color-disabled-color': 'var(--faint)',
    '--mantine-color-disabled-border': 'var(--line)',
    '--mantine-color-gray-light-hover': 'var(--hover)',
    '--mantine-color-gray-light-color': 'var(--muted)',
    '--mantine-color-accent-filled': 'var(--accent)',
    '--mantine-color-accent-filled-hover': 'var(--accent-hover)',
    '--mantine-color-accent-light': 'var(--accent-soft)',
    '--mantine-color-accent-light-color': 'var(--accent-text)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-shadow-md': 'var(--shadow)',
  }
  return { variables: {}, light: colors, dark: colors }
}
