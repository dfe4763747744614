import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { partnerList } from '../../../contract/insurance-intake.ts';
import { get, post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { cityDay, today } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { useAct } from '../../ui/use-act.ts';
import { RosterUpload } from './roster-upload.tsx';

const KINDS = ['liability', 'comprehensive', 'pension'] as const;

/** The first day cover may begin: tomorrow. */
export const tomorrow = (): string => cityDay(today().getTime() + 86_400_000);

/** Where cover is taken out: every product on sale side by side for all elevators of a use unit, or a roster by table. */
export function InsurePage() {
  const say = useSay();
  return (
    <Page title={say('web.menu.insure')} note={say('web.insure.what')}>
      <Panel title={say('web.insure.compare')}>
        <CompareForm />
      </Panel>
      <Panel title={say('web.insure.roster')}>
        <RosterUpload />
      </Panel>
    </Page>
  );
}

function CompareForm() {
  const say = useSay();
  const word = useWord();
  const act = useAct();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const holders = useHolders();
  const [given, setGiven] = useState({ kind: 'liability', holderOrgId: '', from: tomorrow() });
  const set = (field: keyof typeof given) => (value: string) => setGiven({ ...given, [field]: value });
  const holderOrgId = given.holderOrgId || (holders.length === 1 ? (holders[0]?.value ?? '') : '');
  const send = async () => {
    const key = crypto.randomUUID();
    const { comparisonId } = await post<{ comparisonId: string }>(
      '/insurance/comparisons',
      { ...given, holderOrgId },
      key,
    );
    await queries.invalidateQueries({ queryKey: ['insurance'] });
    await navigate(paths.comparison(comparisonId));
  };
  return (
    <Form act={act} submit={say('web.insure.do')} onSubmit={() => void act.run(send)}>
      <p className="muted">{say('web.insure.compare_what')}</p>
      <ChoiceField
        label={say('web.cover.kind')}
        options={KINDS.map((value) => ({ value, label: word('insurance.kind', value) }))}
        value={given.kind}
        onChange={set('kind')}
      />
      {holders.length > 1 ? (
        <ChoiceField
          label={say('web.policy.holder')}
          options={holders}
          value={given.holderOrgId}
          onChange={set('holderOrgId')}
        />
      ) : null}
      <TextField
        type="date"
        label={say('web.insure.from')}
        hint={say('web.insure.from_hint')}
        value={given.from}
        onChange={set('from')}
      />
    </Form>
  );
}

/** For whom one may take out cover: oneself, or the use units one maintains. */
function useHolders(): readonly { value: string; label: string }[] {
  const { role, org } = useMe();
  const isAgent = role === 'maintenance_manager' || role === 'broker';
  const partners = useQuery({
    queryKey: ['insurance', '/insurance/partners'],
    queryFn: ({ signal }) => get<z.infer<typeof partnerList>>('/insurance/partners', undefined, signal),
    enabled: isAgent,
  });
  if (isAgent) return (partners.data?.items ?? []).map((p) => ({ value: p.orgId, label: p.name }));
  return org ? [{ value: org.id, label: org.name }] : [];
}
