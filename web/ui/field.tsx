import { type ReactNode, useId } from 'react';
import type { Fault } from '../problem.ts';
import './field.css';

type FieldProps = {
  label: string;
  hint?: string;
  fault?: Fault | undefined;
  children: (wiring: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode;
};

/** A labelled input with its hint and, when refused, what is wrong and how to mend it. */
export function Field({ label, hint, fault, children }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': `${id}-note`, 'aria-invalid': fault !== undefined })}
      <p id={`${id}-note`} className={fault ? 'field-fault' : 'field-hint'}>
        {fault ? [fault.message, fault.remedy].filter(Boolean).join(' ') : hint}
      </p>
    </div>
  );
}
