import Button from 'antd/es/button/index.js';
import { type ReactNode, useState } from 'react';
import type { ClaimViewOut } from '../../../contract/insurance-claim-file.ts';
import type { ClaimActIn } from '../../../contract/insurance-claims.ts';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { ActButton, type Can } from '../../ui/act-button.tsx';
import { Panel } from '../../ui/page.tsx';
import { AssessForm } from './assess-form.tsx';
import { AskPapersForm, ReasonForm, ReceivePapersForm, RefuseForm, ReserveForm, SentForm } from './claim-forms.tsx';
import { PartyForm, SurveyForm } from './party-form.tsx';
import { RepairForm } from './repair-form.tsx';
import { useReread } from './use-reread.ts';

const FORMS = [
  'ask_papers',
  'receive_papers',
  'set_reserve',
  'assess',
  'refuse',
  'send_refusal',
  'reopen',
  'party',
  'survey',
  'repair',
] as const;
const PLAIN = ['papers_complete', 'accept_liability', 'decide', 'close'] as const;
type FormName = (typeof FORMS)[number];

export type ClaimFormProps = { claim: ClaimViewOut; onDone: () => void };

/** What the reader may do now. An act that needs words opens its form; one that is not possible says why. */
export function ClaimActs({ claim }: { claim: ClaimViewOut }) {
  const say = useSay();
  const reread = useReread();
  const [open, setOpen] = useState<FormName | null>(null);
  // What this phase has no use for is left out; what is possible soon stays, with its reason.
  const names = Object.entries(claim.can).flatMap(([name, can]) =>
    can === true || can.code !== 'insurance.claim_phase' ? [name] : [],
  );
  if (names.length === 0) return null;
  const forms = FORMS.filter((name) => names.includes(name));
  const plain = PLAIN.filter((name) => names.includes(name));
  if (forms.length + plain.length === 0) return null;
  return (
    <Panel title={say('claims.acts')}>
      <div className="row claim-acts">
        {forms.map((name) => (
          <FormButton key={name} can={claim.can[name] ?? true} onOpen={() => setOpen(name)}>
            {say(`claims.act.${name}`)}
          </FormButton>
        ))}
        {plain.map((name) => (
          <ActButton
            key={name}
            label={say(`claims.act.${name}`)}
            can={claim.can[name] ?? true}
            primary={name === 'decide'}
            confirm={{
              title: say(`claims.act.${name}`),
              consequence: say(`claims.means.${name}`, { number: claim.number }),
            }}
            onAct={async () => {
              await actOn(claim, { do: name });
              await reread();
            }}
          />
        ))}
      </div>
      {open ? <OpenForm name={open} claim={claim} onDone={() => setOpen(null)} /> : null}
    </Panel>
  );
}

/** Send an act with the version it was decided on: who acted meanwhile is not overruled unseen. */
export const actOn = (claim: ClaimViewOut, act: ClaimActIn): Promise<unknown> =>
  post(`/insurance/claims/${claim.id}/acts`, { version: claim.version, act });

function FormButton({ can, onOpen, children }: { can: Can; onOpen: () => void; children: ReactNode }) {
  const say = useSay();
  const refusal = can === true ? '' : typeof can === 'string' ? say(can) : say(can.code, can);
  return (
    <span className="act">
      <Button disabled={refusal !== ''} onClick={onOpen}>
        {children}
      </Button>
      {refusal ? <span className="muted small">{refusal}</span> : null}
    </span>
  );
}

function OpenForm({ name, ...props }: ClaimFormProps & { name: FormName }) {
  switch (name) {
    case 'ask_papers':
      return <AskPapersForm {...props} />;
    case 'receive_papers':
      return <ReceivePapersForm {...props} />;
    case 'set_reserve':
      return <ReserveForm {...props} />;
    case 'assess':
      return <AssessForm {...props} />;
    case 'refuse':
      return <RefuseForm {...props} />;
    case 'send_refusal':
      return <SentForm {...props} />;
    case 'reopen':
      return <ReasonForm {...props} />;
    case 'party':
      return <PartyForm {...props} />;
    case 'survey':
      return <SurveyForm {...props} />;
    case 'repair':
      return <RepairForm {...props} />;
  }
}
