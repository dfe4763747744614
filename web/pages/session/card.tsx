import type { ReactNode } from 'react';
import { LanguageButton } from '../../frame/language-button.tsx';
import { useSay } from '../../say.ts';
import { useDocumentTitle } from '../../ui/page.tsx';
import './session.css';

/** The card every step of signing in stands on. */
export function SessionCard({ title, children }: { title: string; children: ReactNode }) {
  const say = useSay();
  useDocumentTitle(title);
  return (
    <section className="panel session-card">
      <header className="session-head">
        <strong>{say('web.product')}</strong>
        <h1>{title}</h1>
        <span className="push">
          <LanguageButton />
        </span>
      </header>
      {children}
    </section>
  );
}
