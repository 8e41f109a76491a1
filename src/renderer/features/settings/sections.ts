/** The sections of the Settings screen, in order; an id is the anchor in the address. */

export const sections = [
  { id: 'receivers', title: 'Receivers' },
  { id: 'retention', title: 'Storage and retention' },
  { id: 'stored', title: 'What is stored' },
  { id: 'losses', title: 'Losses' },
  { id: 'appearance', title: 'Appearance' },
  { id: 'delete', title: 'Delete all data' },
  { id: 'about', title: 'About' },
] as const

export type SectionId = (typeof sections)[number]['id']
