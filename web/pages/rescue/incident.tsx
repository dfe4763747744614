import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { DESK } from '../../../contract/identity-vocabulary.ts';
import { get } from '../../api.ts';
import { useMe } from '../../session.ts';
import { useDocumentTitle } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useNow } from '../../ui/when.tsx';
import { ClaimCodes } from '../claims/claim-codes.tsx';
import type { Asking } from './acts.tsx';
import type { May } from './after.tsx';
import { IncidentPanel } from './incident-panel.tsx';
import type { Detail } from './rescue-types.ts';
import './desk.css';

/** Those who were there, or keep the elevator: they tell the cause. */
const THERE: readonly string[] = ['maintenance_manager', 'technician', 'rescue_station', 'rescuer'];

const mayOf = (role: string): May => (DESK.includes(role) ? 'all' : THERE.includes(role) ? 'cause' : 'nothing');

/** The file of one incident. Only the desk acts here; those who were there tell the cause, everybody else reads. */
export function IncidentPage() {
  const { id = '' } = useParams();
  const queries = useQueryClient();
  const { role } = useMe();
  const [asking, setAsking] = useState<Asking>(null);
  const now = useNow().getTime();
  const incident = useQuery({
    queryKey: ['rescue', 'incident', id],
    queryFn: ({ signal }) => get<Detail>(`/rescue/incidents/${id}`, {}, signal),
  });
  useDocumentTitle(incident.data?.number ?? '');
  return (
    <section className="page desk-file">
      <Loaded query={incident}>
        {(detail) => (
          <>
            <IncidentPanel
              {...{ detail, now, asking }}
              may={mayOf(role)}
              onAsk={setAsking}
              onDone={() => void queries.invalidateQueries({ queryKey: ['rescue'] })}
            />
            {detail.releasedAt && !detail.drill ? <ClaimCodes subject={id} /> : null}
          </>
        )}
      </Loaded>
    </section>
  );
}
