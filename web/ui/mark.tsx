import type { ReactNode } from 'react';

/** danger: people in danger only. warn: a clock runs out. good: proven good. unknown: never shown as good. */
export type Tone = 'danger' | 'warn' | 'good' | 'unknown' | 'accent' | 'plain';

const shape: Readonly<Record<Tone, string>> = {
  danger: '●',
  warn: '▲',
  good: '✓',
  unknown: '○',
  accent: '◆',
  plain: '·',
};

/** A state in words, with a shape beside it so that colour never speaks alone. */
export const Mark = ({ tone, children, title }: { tone: Tone; children: ReactNode; title?: string }) => (
  <span className={`mark ${tone}`} title={title}>
    <span aria-hidden="true">{shape[tone]}</span>
    {children}
  </span>
);
