import { useState } from 'react';
import { useSay } from '../say.ts';

const SHOWN_MS = 1_500;

/** A code people pass on: one press copies it. */
export function Copyable({ text, label }: { text: string; label: string }) {
  const say = useSay();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_MS);
  };
  return (
    <button
      type="button"
      className="plain copyable"
      onClick={() => void copy()}
      title={say('web.act.copy', { what: label })}
    >
      <span className="muted small">{label}</span> <code>{text}</code>
      <span className="small" aria-live="polite">
        {copied ? ` ${say('web.act.copied')}` : <CopySign />}
      </span>
    </button>
  );
}

const CopySign = () => (
  <svg aria-hidden="true" className="copy-sign" viewBox="0 0 16 16" width="12" height="12">
    <path d="M5 5V2h9v9h-3M2 5h9v9H2z" fill="none" stroke="currentColor" strokeWidth="1.4" />
  </svg>
);
