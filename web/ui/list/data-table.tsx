import { type ReactNode, useEffect, useRef } from 'react';
import { useSay } from '../../say.ts';
import { useLatest } from '../use-latest.ts';
import type { Column } from './columns.tsx';
import { nextSort, type Sort } from './list-state.ts';
import './data-table.css';

type TableProps<Row> = {
  label: string; // what the list holds, for screen readers
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  open?: string; // the row shown beside the list
  onOpen?: (id: string) => void;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  tone?: ((row: Row) => 'danger' | 'warn' | undefined) | undefined;
  short?: boolean; // as tall as its rows: for tables inside a file
  many?: boolean; // so many columns that their names fold and the first stays in sight
  children?: ReactNode; // below the rows, inside what scrolls
};

/** A list of rows by keyboard as well as by mouse: ↑ ↓ move, Enter or a press opens, Home and End jump. */
export function DataTable<Row>(props: TableProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { columns, rows, rowId, open, onOpen, tone } = props;
  const latest = useLatest(onOpen);
  useEffect(() => {
    const rowsBody = body.current;
    const press = (event: MouseEvent) => openByPress(event, latest.current);
    rowsBody?.addEventListener('click', press);
    rowsBody?.addEventListener('keydown', moveByKey);
    return () => {
      rowsBody?.removeEventListener('click', press);
      rowsBody?.removeEventListener('keydown', moveByKey);
    };
  }, [latest]);
  useEffect(() => {
    if (open) body.current?.querySelector(`[data-id="${CSS.escape(open)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <div
      className={`data-table${props.short ? ' short' : ''}${props.many ? ' many' : ''}`}
      role="region"
      aria-label={props.label}
    >
      <table>
        <Head {...props} />
        <tbody ref={body}>
          {rows.map((row, at) => (
            <tr
              key={rowId(row)}
              data-id={rowId(row)}
              data-tone={tone?.(row)}
              aria-selected={open === rowId(row)}
              tabIndex={at === 0 || open === rowId(row) ? 0 : -1}
            >
              {columns.map(({ key, title, cell, numeric, wide }) => (
                <td key={key} data-title={title} className={numeric ? 'right' : wide ? 'wide' : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {props.children}
    </div>
  );
}

function Head<Row>({ columns, sort = '', onSort }: TableProps<Row>) {
  const say = useSay();
  return (
    <thead>
      <tr>
        {columns.map(({ key, title, numeric, sortable }) => {
          const direction = sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : undefined;
          const arrow = direction === 'ascending' ? '↑' : '↓';
          return (
            <th key={key} scope="col" className={numeric ? 'right' : undefined} aria-sort={direction}>
              {sortable && onSort ? (
                <button
                  type="button"
                  className="plain"
                  title={say(direction === 'ascending' ? 'web.list.sort_down' : 'web.list.sort_up', { name: title })}
                  onClick={() => onSort(nextSort(sort, key))}
                >
                  {title} <span className="sort-arrow">{direction ? arrow : '↕'}</span>
                </button>
              ) : (
                title
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function moveByKey(event: KeyboardEvent): void {
  const row = event.target instanceof HTMLElement ? event.target.closest('tr') : null;
  if (!row || event.target !== row) return;
  if (event.key === 'Enter') row.click();
  const to = destination(event.key, row);
  if (!(to instanceof HTMLElement)) return;
  event.preventDefault();
  to.focus();
  if (row.ariaSelected === 'true') to.click(); // the drawer follows the arrow keys once it is open
}

function destination(key: string, row: HTMLElement): Element | null | undefined {
  if (key === 'ArrowDown') return row.nextElementSibling;
  if (key === 'ArrowUp') return row.previousElementSibling;
  if (key === 'Home') return row.parentElement?.firstElementChild;
  return key === 'End' ? row.parentElement?.lastElementChild : null;
}

/** A press anywhere in a row opens it, but not a press on a link or button inside, nor the end of a text selection. */
function openByPress(event: MouseEvent, onOpen?: (id: string) => void): void {
  if (!(event.target instanceof HTMLElement) || event.target.closest('a,button,input,label')) return;
  if (String(getSelection() ?? '')) return;
  const id = event.target.closest('tr')?.dataset['id'];
  if (id) onOpen?.(id);
}
