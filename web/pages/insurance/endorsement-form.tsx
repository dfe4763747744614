import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { endorsementDone } from '../../../contract/insurance-endorsements.ts';
import type { policyLineList } from '../../../contract/insurance-policies.ts';
import { END_REASONS, TAKEOVER_REASONS } from '../../../contract/insurance-vocabulary.ts';
import { get, post } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { cityDay, today } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, LongTextField, ManyField, type Option, TextField } from '../../ui/inputs.tsx';
import { yuan } from '../../ui/money.ts';
import { Facts } from '../../ui/page.tsx';
import { useAct } from '../../ui/use-act.ts';
import type { PolicyView } from './policy.tsx';
import { UnitField } from './unit-field.tsx';

type Done = z.infer<typeof endorsementDone>;
type Given = {
  kind: string;
  on: string;
  elevators: readonly string[];
  codes: string;
  reason: string;
  reasonCode: string;
  toOrgId: string;
  note: string;
};
const HOLDERS_REASONS = ['before_start', 'by_policyholder', 'redeemed'];

/** Ask for an endorsement: first see what it would do, elevator by elevator and payer by payer, then send it. */
export function EndorsementForm({ policy }: { policy: PolicyView }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState<Given>(() => ({
    kind: policy.state === 'cancelled' ? 'reinstate' : '',
    on: cityDay(today()),
    elevators: [],
    codes: '',
    reason: '',
    reasonCode: '',
    toOrgId: '',
    note: '',
  }));
  const [seen, setSeen] = useState<Done | null>(null);
  const set = (changes: Partial<Given>) => {
    setGiven({ ...given, ...changes });
    setSeen(null);
  };
  const send = async (dry: boolean) => {
    const ask = await askOf(given);
    const key = dry ? undefined : crypto.randomUUID();
    const done = await post<Done>(`/insurance/policies/${policy.id}/endorsements`, { ask, note: given.note, dry }, key);
    setSeen(done);
    if (!dry) await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <Form
      act={act}
      submit={say(seen ? 'web.endorse.send' : 'web.endorse.preview')}
      onSubmit={() => void act.run(() => send(seen === null))}
    >
      <Fields policy={policy} given={given} set={set} />
      {seen ? <Preview done={seen} /> : null}
    </Form>
  );
}

/** What the form says, as the route takes it. Elevators that are not on the policy are found by their codes first. */
async function askOf({ kind, on, elevators, codes, reason, reasonCode, toOrgId }: Given) {
  switch (kind) {
    case 'add':
      return { kind, on, elevatorIds: await idsOf(codes) };
    case 'remove':
      return { kind, on, elevatorIds: elevators };
    case 'change':
      return { kind, on, elevatorIds: elevators.length > 0 ? elevators : null };
    case 'takeover':
      return { kind, on, toOrgId, reasonCode };
    case 'cancel':
      return { kind, lastOn: on, reason, ...(reasonCode ? { reasonCode } : {}) };
    default:
      return { kind };
  }
}

async function idsOf(codes: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const code of codes.split(/[\s,，、;；]+/).filter(Boolean)) {
    const type = code.length > 6 ? 'registration_code' : 'rescue_code';
    ids.push((await get<{ id: string }>('/elevators/by-code', { type, value: code })).id);
  }
  return ids;
}

type FieldsProps = { policy: PolicyView; given: Given; set: (changes: Partial<Given>) => void };

function Fields({ policy, given, set }: FieldsProps) {
  const say = useSay();
  const word = useWord();
  const { role } = useMe();
  const kinds = policy.state === 'cancelled' ? ['reinstate'] : ['add', 'remove', 'change', 'takeover', 'cancel'];
  const reasons = role === 'underwriter' ? END_REASONS : HOLDERS_REASONS;
  const options = (values: readonly string[], prefix: string) =>
    values.map((value) => ({ value, label: word(prefix, value) }));
  const { kind } = given;
  return (
    <>
      <ChoiceField
        label={say('web.endorse.kind')}
        options={options(kinds, 'web.endorse.kind')}
        value={kind}
        onChange={(value) => set({ kind: value })}
      />
      {kind && kind !== 'reinstate' ? (
        <TextField
          type="date"
          label={say(kind === 'cancel' ? 'web.endorse.last_on' : 'web.endorse.first_on')}
          value={given.on}
          onChange={(on) => set({ on })}
        />
      ) : null}
      {kind === 'add' ? (
        <TextField
          label={say('web.endorse.codes')}
          hint={say('web.endorse.codes_hint')}
          value={given.codes}
          onChange={(codes) => set({ codes })}
        />
      ) : null}
      {kind === 'remove' || kind === 'change' ? (
        <OnPolicy
          policyId={policy.id}
          label={say(kind === 'remove' ? 'web.endorse.which' : 'web.endorse.which_or_all')}
          value={given.elevators}
          onChange={(elevators) => set({ elevators })}
        />
      ) : null}
      {kind === 'takeover' ? (
        <UnitField
          label={say('web.endorse.successor')}
          value={given.toOrgId}
          onChange={(toOrgId) => set({ toOrgId })}
        />
      ) : null}
      {kind === 'cancel' ? (
        <ChoiceField
          label={say('web.endorse.reason')}
          options={options(reasons, 'web.endorse.reason')}
          value={given.reason}
          onChange={(reason) => set({ reason })}
        />
      ) : null}
      {kind === 'takeover' || given.reason === 'redeemed' ? (
        <ChoiceField
          label={say('web.endorse.reason_code')}
          options={options(TAKEOVER_REASONS, 'web.endorse.reason')}
          value={given.reasonCode}
          onChange={(reasonCode) => set({ reasonCode })}
        />
      ) : null}
      <LongTextField label={say('web.endorse.note')} value={given.note} onChange={(note) => set({ note })} />
    </>
  );
}

type OnPolicyProps = {
  policyId: string;
  label: string;
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
};

/** Elevators of the policy, found by code or address however many there are; those chosen keep their names. */
function OnPolicy({ policyId, label, value, onChange }: OnPolicyProps) {
  const [text, setText] = useState('');
  const [kept, setKept] = useState<readonly Option[]>([]);
  const { data } = useQuery({
    queryKey: ['insurance', `/insurance/policies/${policyId}/lines`, 'choice', text],
    queryFn: ({ signal }) =>
      get<z.infer<typeof policyLineList>>(`/insurance/policies/${policyId}/lines`, { q: text, limit: 50 }, signal),
    placeholderData: keepPreviousData,
  });
  const found = (data?.items ?? []).map((l) => ({ value: l.elevatorId, label: `${l.code} ${l.address}` }));
  const options = [...new Map([...kept, ...found].map((option) => [option.value, option])).values()];
  const choose = (ids: readonly string[]) => {
    setKept(options.filter((option) => ids.includes(option.value)));
    onChange(ids);
  };
  return <ManyField label={label} options={options} value={value} onChange={choose} onSearch={setText} />;
}

/** What it would do: the difference, who owes or gets what, later endorsements priced anew, and who is left out. */
function Preview({ done }: { done: Done }) {
  const say = useSay();
  const word = useWord();
  return (
    <section className="file-part" aria-live="polite">
      <h2>{say(done.state === 'dry' ? 'web.endorse.would' : 'web.endorse.done')}</h2>
      <Facts
        rows={[
          [say('web.endorse.delta'), yuan(done.delta)],
          ...done.owed.map((p) => [word('insurance.payer', p.payer), yuan(p.amount)] as const),
          [say('web.endorse.premium_after'), yuan(done.premium)],
          ...done.replayed.map(
            (r) =>
              [
                say('web.endorse.replayed'),
                say('web.endorse.replayed_one', { no: r.no, before: yuan(r.before), after: yuan(r.after) }),
              ] as const,
          ),
          ...done.leftOut.map((l) => [`${say('web.endorse.left_out')} ${l.code}`, l.why] as const),
        ]}
      />
    </section>
  );
}
