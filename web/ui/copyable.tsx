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
        {copied ? ` ${say('web.act.copied')}` : <span aria-hidden="true"> ⧉</span>}
      </span>
    </button>
  );
}
