import { type ReactNode, useEffect, useRef } from 'react';
import { useSay } from '../../say.ts';

/** A sheet from below, over the page; Esc and the cross close it. */
export function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const say = useSay();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="phone-sheet" aria-label={title} onClose={onClose}>
      <div className="phone-sheet-head">
        <h2>{title}</h2>
        <button type="button" className="plain phone-close" aria-label={say('web.act.close')} onClick={onClose}>
          ✕
        </button>
      </div>
      {children}
    </dialog>
  );
}
