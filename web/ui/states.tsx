import type { UseQueryResult } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import type { ReactNode } from 'react';
import { paths } from '../paths.ts';
import { usePreferences } from '../preferences.ts';
import { problemOf, problemWords } from '../problem.ts';
import { useSay } from '../say.ts';
import './states.css';

/** Grey lines where the content will stand. */
export function Loading({ lines = 6 }: { lines?: number }) {
  const say = useSay();
  return (
    <div className="loading" role="status" aria-label={say('web.state.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} style={{ width: `${90 - ((line * 17) % 45)}%` }} />
      ))}
    </div>
  );
}

/** What will appear here, and how to make it appear. */
export const Empty = ({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) => (
  <div className="empty">
    <p>{title}</p>
    {hint ? <p className="muted">{hint}</p> : null}
    {action}
  </div>
);

/** What went wrong, what to do about it, and the reference for whoever must look. */
export function Failing({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const say = useSay();
  const { language } = usePreferences();
  const problem = problemOf(error);
  const { title, detail } = problemWords(problem, language);
  return (
    <div className="failing" role="alert">
      <p className="failing-title">
        <span aria-hidden="true">▲</span> {title}
      </p>
      {detail ? <p>{detail}</p> : null}
      <Faults error={error} />
      <p className="row">
        {onRetry ? (
          <Button size="small" onClick={onRetry}>
            {say('web.state.retry')}
          </Button>
        ) : null}
        {problem.code === 'kernel.unauthenticated' ? (
          // Beside this page: what was typed here stays, and is sent again afterwards.
          <a href={paths.signIn()} target="_blank" rel="noreferrer">
            {say('web.state.sign_in')}
          </a>
        ) : null}
        <span className="muted small">{say('web.reference', { code: problem.code })}</span>
      </p>
    </div>
  );
}

/** Every field that must be mended: where, what stands there, how to mend it. */
export function Faults({ error }: { error: unknown }) {
  const faults = problemOf(error).faults ?? [];
  if (faults.length === 0) return null;
  return (
    <ul className="faults">
      {faults.map((fault) => (
        <li key={`${fault.field} ${fault.message}`}>
          {fault.message}
          {fault.remedy ? <span className="muted"> {fault.remedy}</span> : null}
        </li>
      ))}
    </ul>
  );
}

type LoadedProps<T> = { query: UseQueryResult<T>; children: (data: T) => ReactNode; lines?: number };

/** The content of a query, or its waiting or failing face. What was read before stays while it is read again. */
export function Loaded<T>({ query, children, lines }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failing error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading {...(lines ? { lines } : {})} />;
}
