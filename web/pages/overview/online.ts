/** How many elevators are online of those that should be, here and per area below. */
export type Online = {
  here: { part: number; whole: number } | undefined;
  byArea: ReadonlyMap<string, { part: number; whole: number }>;
};
const NONE: Online = { here: undefined, byArea: new Map() };
export const useOnline = (_area: string): Online => NONE;
