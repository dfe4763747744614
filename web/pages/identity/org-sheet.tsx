import { useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { orgSchema } from '../../../contract/identity-orgs.ts';
import { get, post } from '../../api.ts';
import { usePlace } from '../../frame/place.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Facts } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { OrgForm } from './org-form.tsx';
import { PapersPart } from './papers.tsx';
import { LICENCE_KINDS } from './vocabulary.ts';

export type Org = z.infer<typeof orgSchema>;

/** One organisation beside the list. */
export function OrgSheet({ id, mayKeep }: { id: string; mayKeep: boolean }) {
  const queries = useQueryClient();
  const [isEditing, setEditing] = useState(false);
  const org = useQuery({
    queryKey: ['identity', '/orgs', id],
    queryFn: ({ signal }) => get<Org>(`/orgs/${id}`, {}, signal),
  });
  const refresh = async () => {
    setEditing(false);
    await queries.invalidateQueries({ queryKey: ['identity'] });
  };
  return (
    <Loaded query={org}>
      {(data) =>
        isEditing ? (
          <OrgForm org={data} onDone={() => void refresh()} onCancel={() => setEditing(false)} />
        ) : (
          <OrgFacts org={data} mayKeep={mayKeep} onEdit={() => setEditing(true)} onChanged={refresh} />
        )
      }
    </Loaded>
  );
}

type FactsProps = { org: Org; mayKeep: boolean; onEdit: () => void; onChanged: () => Promise<void> };

function OrgFacts({ org, mayKeep, onEdit, onChanged }: FactsProps) {
  const say = useSay();
  return (
    <article className="file-body">
      <OrgHead org={org} />
      <OrgAbout org={org} />
      <p className="row wrap">
        <Link to={paths.elevators({ useOrg: org.id })}>{say('web.orgs.as_use_unit')}</Link>
        <Link to={paths.elevators({ maintenanceOrg: org.id })}>{say('web.orgs.as_maintenance')}</Link>
      </p>
      <PapersPart
        title={say('web.orgs.licences')}
        words="identity.licence"
        kinds={LICENCE_KINDS}
        path={`/orgs/${org.id}/licences`}
        papers={org.licences}
        mayKeep={mayKeep}
        onChanged={onChanged}
      />
      {mayKeep ? <OrgActs org={org} onEdit={onEdit} onChanged={onChanged} /> : null}
    </article>
  );
}

function OrgHead({ org }: { org: Org }) {
  const say = useSay();
  return (
    <header className="stack">
      <h1>{org.name}</h1>
      <p className="row wrap">
        {org.uscc ? (
          <Copyable text={org.uscc} label={say('web.orgs.uscc')} />
        ) : (
          <Mark tone="warn">{say('web.orgs.no_uscc')}</Mark>
        )}
        {org.closedOn ? <Mark tone="unknown">{say('web.orgs.closed_on', { on: org.closedOn })}</Mark> : null}
        {org.warnings.map((code) => (
          <Mark key={code} tone="warn">
            {say(code)}
          </Mark>
        ))}
      </p>
    </header>
  );
}

function OrgAbout({ org }: { org: Org }) {
  const say = useSay();
  const word = useWord();
  const { nameOf } = usePlace();
  const people = (
    <Link key="people" to={paths.people({ orgId: org.id })}>
      {org.peopleCount}
    </Link>
  );
  return (
    <Facts
      rows={[
        [say('web.orgs.kind'), org.kinds.map((kind) => word('identity.org_kind', kind)).join(say('web.and'))],
        [say('web.orgs.duty_phone'), org.dutyPhone],
        [say('web.orgs.address'), org.address],
        [say('web.orgs.seat'), org.seatAreas.map(nameOf).join(' › ')],
        [say('web.orgs.work_areas'), org.workAreas.map(nameOf).join(say('web.and'))],
        [say('web.orgs.people'), people],
      ]}
    />
  );
}

function OrgActs({ org, onEdit, onChanged }: Omit<FactsProps, 'mayKeep'>) {
  const say = useSay();
  const close = async () => {
    await post(`/orgs/${org.id}/closing`);
    await onChanged();
  };
  return (
    <div className="row wrap">
      <Button onClick={onEdit}>{say('web.act.edit')}</Button>
      <ActButton
        label={say('web.orgs.close')}
        can={org.can.close}
        confirm={{
          title: say('web.orgs.close_title', { name: org.name }),
          consequence: say('web.orgs.close_consequence'),
        }}
        onAct={close}
      />
    </div>
  );
}
