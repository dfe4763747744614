import { isValidElement, type ReactNode } from 'react';
import { cityDay, fullTime } from '../../time.ts';

/** What a piece with such a property shows, as a file writes it: whole instants, plain days. */
const SAID: Readonly<Record<string, (value: string | number | Date) => string>> = {
  at: fullTime,
  on: (day) => (typeof day === 'string' && day.length === 10 ? day : cityDay(day)),
  dueAt: fullTime,
};

/** What a cell says, without its looks: its text, or the instant or day it was made from. A dash is nothing. */
export function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return node === '—' ? '' : String(node);
  if (Array.isArray(node)) return node.map(textOf).filter(Boolean).join(' ');
  if (!isValidElement<Record<string, unknown>>(node)) return '';
  const { children, ...props } = node.props;
  for (const [name, say] of Object.entries(SAID)) {
    const value = props[name];
    if (typeof value === 'string' || typeof value === 'number' || value instanceof Date) return say(value);
  }
  return textOf(children as ReactNode);
}
