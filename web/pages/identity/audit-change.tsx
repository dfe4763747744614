import type { z } from 'zod';
import type { auditItemSchema } from '../../../contract/identity-audit.ts';
import { useSay, useWord } from '../../say.ts';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Facts } from '../../ui/page.tsx';
import { When } from '../../ui/when.tsx';
import { shown } from './audit-shown.ts';

export type AuditItem = z.infer<typeof auditItemSchema>;

/** Whom a line names: an account or client, the command line, or the system as it followed an event. */
export const actorWord = (word: (prefix: string, value: string) => string, { actorName, actor }: AuditItem): string =>
  word('web.audit.by', (actorName || actor).replace(/^event:.*/, 'event'));

type Props = { item: AuditItem; onOnly: (name: string, value: string) => void };

/** One line of the audit: who, what, and which fields became what. */
export function AuditChange({ item, onOnly }: Props) {
  const say = useSay();
  const word = useWord();
  const only = (name: string, value: string | null, text: string) =>
    value ? (
      <button type="button" className="plain" onClick={() => onOnly(name, value)} title={say('web.audit.only')}>
        {text}
      </button>
    ) : (
      text
    );
  return (
    <article className="file-body">
      <h1>
        {word('web.audit.action', item.action)} · {word('web.audit.thing', item.object)}
      </h1>
      <Facts
        rows={[
          [say('web.audit.at'), <When key="at" at={item.at} />],
          [say('web.audit.actor'), only('actor', item.actor, actorWord(word, item) || say('web.audit.system'))],
          [say('web.audit.object'), only('object', item.object, word('web.audit.thing', item.object))],
          [say('web.audit.rowId'), only('rowId', item.rowId, item.rowId ?? '')],
        ]}
      />
      <Fields item={item} />
    </article>
  );
}

/** Field by field: of a change only what became different, of anything else all that is known. */
function Fields({ item }: { item: AuditItem }) {
  const say = useSay();
  const word = useWord();
  const [before, after] = [recordOf(item.before), recordOf(item.after)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const isChange = item.before !== null && item.after !== null;
  const rows = names
    .map((name) => ({ name, before: shown(before[name]), after: shown(after[name]) }))
    .filter((row) => !isChange || row.before !== row.after);
  if (names.length === 0) return null;
  const same = names.length - rows.length;
  return (
    <section className="file-part stack">
      <DataTable
        short
        label={say('web.audit.after')}
        rows={rows}
        rowId={(row) => row.name}
        columns={[
          {
            key: 'name',
            title: say('web.audit.field'),
            cell: (row) => <span title={row.name}>{fieldWord(word, row.name)}</span>,
          },
          ...(item.before === null ? [] : [column(say('web.audit.before'), 'before')]),
          ...(item.after === null ? [] : [column(say('web.audit.after'), 'after')]),
        ]}
      />
      {same > 0 ? <p className="muted small">{say('web.audit.same', { n: same })}</p> : null}
    </section>
  );
}

const column = (title: string, key: 'before' | 'after') => ({
  key,
  title,
  wide: true,
  cell: (row: { before: string; after: string }) => <span className="audit-value mono">{row[key] || '—'}</span>,
});

/** A column as people call it: by its own word, else as the field of the form that fills it, else as it stands. */
function fieldWord(word: ReturnType<typeof useWord>, name: string): string {
  const own = word('web.audit.field', name);
  if (own !== name) return own;
  const field = name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const formField = word('kernel.field_name', field);
  return formField === field ? name : formField;
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
