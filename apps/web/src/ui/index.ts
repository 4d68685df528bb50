/** The parts every page is made of. Nothing outside this folder imports Mantine. */
export * from './buttons.tsx';
export * from './choices.tsx';
export * from './dialogs.tsx';
export * from './fields.tsx';
export * from './layout.tsx';
export * from './marks.tsx';
export * from './menu.tsx';
export * from './segments.tsx';
export * from './states.tsx';
export * from './table.tsx';
export * from './tabs.tsx';
export { toast } from './toasts.tsx';
export { Tooltip } from './tooltip.tsx';
