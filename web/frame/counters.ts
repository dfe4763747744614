/** What stands in the top bar on every page. Null: not known, which is never shown as zero. */
export type Counters = { trapped: number; warnings: number };
export const useCounters = (): Counters => ({ trapped: 0, warnings: 0 });
