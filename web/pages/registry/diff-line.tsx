import { useQuery } from '@tanstack/react-query';
import type { DiffLine } from '../../../contract/registry-changes.ts';
import { get } from '../../api.ts';
import { usePlace } from '../../frame/place.ts';
import { type Say, useSay, useWord } from '../../say.ts';

/** What a change changes, in the words of the file: `technical.model`, `class.place_class`, `party.maintenance.<id>.<day>`. */
export function DiffField({ line: { field } }: { line: DiffLine }) {
  const say = useSay();
  const word = useWord();
  const [part = '', name = '', ...rest] = field.split('.');
  switch (part) {
    case 'technical':
    case 'params':
      return word('web.edit.field', name);
    case 'building':
      return word('web.changes.place', name);
    case 'identifier':
      return `${word('registry.identifier', name)} ${rest.join('.')}`;
    case 'class':
      return word('registry.class', name);
    case 'party':
      return (
        <>
          {word('registry.party', name)} <OrgName id={rest[0] ?? ''} />{' '}
          <span className="muted">{say('web.changes.since', { on: rest[1] ?? '' })}</span>
        </>
      );
    default:
      return field;
  }
}

/** Who is meant; a person who is a party stays unnamed. */
function OrgName({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ['identity', '/orgs', id, 'name'],
    queryFn: ({ signal }) => get<{ name: string }>(`/orgs/${id}`, {}, signal),
    retry: false,
  });
  return data?.name ?? '';
}

type Book = { say: Say; word: (prefix: string, value: string) => string; nameOf: (code: string) => string };

/** One side of a line: codes in words, an empty side as a dash. */
export function DiffValue({ line: { field }, value }: { line: DiffLine; value: string | null }) {
  const say = useSay();
  const word = useWord();
  const { nameOf } = usePlace();
  return value === null ? '—' : valueInWords({ say, word, nameOf }, field, value);
}

function valueInWords({ say, word, nameOf }: Book, field: string, value: string): string {
  const [part, name = ''] = field.split('.');
  if (part === 'building' && name.endsWith('Code')) return nameOf(value) || value;
  if (part === 'identifier') return value === 'in_force' ? say('web.changes.in_force') : value;
  if (part === 'party') return value === 'holds' ? say('web.changes.holds') : say('web.changes.until', { on: value });
  if (part !== 'class') return value;
  // As the rules write it: the value, then where it is from and when.
  const [, code = value, source = ''] = /^(\S+)( \(.*\))$/.exec(value) ?? [];
  const said = name === 'place_class' ? word('registry.place_class', code) : word(`registry.class.${name}`, code);
  return `${said}${source}`;
}
