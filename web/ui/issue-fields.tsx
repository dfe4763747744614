import type { Fault } from '../problem.ts';
import { TextField } from './inputs.tsx';

/** Who issued a paper, when, and until when it holds; empty where it does not say. */
export const NOT_ISSUED = { issuer: '', issuedOn: '', expiresOn: '' };
type Issue = typeof NOT_ISSUED;

type Props = {
  labels: Readonly<Record<keyof Issue, string>>;
  value: Issue;
  set: (field: keyof Issue) => (value: string) => void;
  faults: Readonly<Record<string, Fault | undefined>>;
};

export function IssueFields({ labels, value, set, faults }: Props) {
  return (
    <>
      <TextField label={labels.issuer} value={value.issuer} onChange={set('issuer')} fault={faults['issuer']} />
      {(['issuedOn', 'expiresOn'] as const).map((field) => (
        <TextField
          key={field}
          type="date"
          label={labels[field]}
          value={value[field]}
          onChange={set(field)}
          fault={faults[field]}
        />
      ))}
    </>
  );
}

/** The days as the server takes them: a day that was not given is none. */
export const issueDays = ({ issuedOn, expiresOn }: Issue) => ({
  issuedOn: issuedOn || null,
  expiresOn: expiresOn || null,
});
