import { homeOf } from '../../frame/menu.rules.ts';

/** Back to the page that asked for the sign-in, if it is one of ours; else the role's first page. */
export const landing = (next: string | null, role: string): string =>
  next && /^\/(?![/\\])/.test(next) && next !== '/' ? next : homeOf(role);
