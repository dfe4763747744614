import { useQuery, useQueryClient } from '@tanstack/react-query';
import Select from 'antd/es/select/index.js';
import { useState } from 'react';
import type { z } from 'zod';
import type { insurerList } from '../../../contract/insurance-intake.ts';
import { get, post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';

/** The city's regulator records which broker keeps a scheme's database from today on. */
export function AppointForm({ schemeId }: { schemeId: string }) {
  const say = useSay();
  const queries = useQueryClient();
  const [brokerOrgId, setBroker] = useState<string | null>(null);
  const brokers = useQuery({
    queryKey: ['insurance', '/insurance/brokers'],
    queryFn: ({ signal }) => get<z.infer<typeof insurerList>>('/insurance/brokers', undefined, signal),
  });
  const appoint = async () => {
    await post(`/insurance/schemes/${schemeId}/broker`, { brokerOrgId });
    setBroker(null);
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <span className="row">
      <Select
        aria-label={say('web.products.broker_field')}
        placeholder={say('web.products.broker_field')}
        popupMatchSelectWidth={false}
        value={brokerOrgId}
        options={(brokers.data?.items ?? []).map((b) => ({ value: b.orgId, label: b.name }))}
        onChange={(chosen: string | null) => setBroker(chosen)}
      />
      {brokerOrgId ? <ActButton label={say('web.products.appoint')} onAct={appoint} /> : null}
    </span>
  );
}
