import { type ReactNode, useEffect } from 'react';
import { useSay } from '../say.ts';
import './page.css';

type PageProps = { title: string; note?: ReactNode; actions?: ReactNode; children: ReactNode; wide?: boolean };

/** A console page: title, actions with the primary one rightmost, then the content. */
export function Page({ title, note, actions, children, wide = true }: PageProps) {
  useDocumentTitle(title);
  return (
    <section className={wide ? 'page' : 'page page-narrow'}>
      <header className="page-head">
        <h1>{title}</h1>
        {note ? <div className="page-note">{note}</div> : null}
        {actions ? <div className="page-actions">{actions}</div> : null}
      </header>
      {children}
    </section>
  );
}

/** The name of the browser's tab. */
export function useDocumentTitle(page: string): void {
  const say = useSay();
  useEffect(() => {
    document.title = say('web.title', { page });
  }, [page, say]);
}

type PanelProps = { title: ReactNode; actions?: ReactNode; children: ReactNode; flush?: boolean };

/** A framed part of a page. `flush` content (tables) goes to the edges. */
export const Panel = ({ title, actions, children, flush = false }: PanelProps) => (
  <section className="panel">
    <header>
      <h2>{title}</h2>
      {actions ? <div className="row push">{actions}</div> : null}
    </header>
    <div className={flush ? undefined : 'body'}>{children}</div>
  </section>
);

/** Facts as name and value. Empty values show a dash: absent is not the same as nothing asked. */
export const Facts = ({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) => (
  <dl className="facts">
    {rows.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value === null || value === undefined || value === '' ? <span className="muted">—</span> : value}</dd>
      </div>
    ))}
  </dl>
);

/** One headline number. With `to` it opens the rows behind it. */
export function Figure({
  name,
  value,
  unit,
  mark,
}: {
  name: string;
  value: ReactNode;
  unit?: string;
  mark?: ReactNode;
}) {
  return (
    <div className="figure">
      <span className="figure-name">
        {name} {mark}
      </span>
      <span className="figure-value">
        {value}
        {unit ? <small> {unit}</small> : null}
      </span>
    </div>
  );
}
