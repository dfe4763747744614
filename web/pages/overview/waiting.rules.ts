import { paths } from '../../paths.ts';

/** The page where work of a kind is done. */
const PAGES: Readonly<Record<string, () => string>> = {
  'registry.waiting.changes': () => paths.changes(),
  'registry.waiting.cases': () => paths.cases(),
  'telemetry.waiting.findings': () => paths.health(),
  'rescue.waiting.files': () => paths.incidents({ state: 'waiting' }),
};

export const pageOf = (code: string): string => PAGES[code]?.() ?? paths.overview();
