import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import type { z } from 'zod';
import type { codeList } from '../../../contract/insurance-claims.ts';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { yuan } from '../../ui/money.ts';
import { Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';

const KEEPERS = [
  'use_unit_head',
  'safety_director',
  'safety_officer',
  'agent',
  'shift_leader',
  'maintenance_manager',
  'technician',
  'rescuer',
  'rescue_station',
];

/** Claim codes to hand to the people who were inside. They are shown on demand, because every look is recorded. */
export function ClaimCodes({ subject }: { subject: string }) {
  const say = useSay();
  const { role } = useMe();
  const [isOpen, setOpen] = useState(false);
  const read = useQuery({
    queryKey: ['insurance', 'claim codes', subject],
    queryFn: ({ signal }) => get<z.infer<typeof codeList>>(`/insurance/claim-codes/${subject}`, undefined, signal),
    enabled: isOpen,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!KEEPERS.includes(role)) return null;
  return (
    <Panel title={say('claims.codes')}>
      {isOpen ? (
        <Loaded query={read} lines={2}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={say('claims.codes_none')} hint={say('claims.codes_none_hint')} />
            ) : (
              <ol className="timeline">
                {items.map((item) => (
                  <li key={`${item.claimId} ${item.head}`}>
                    <span>{say('claims.code_head', { head: item.head })}</span>
                    <span>
                      {item.filled ? say('claims.code_used') : <code>{item.code}</code>}{' '}
                      <span className="muted">{yuan(item.due)}</span>
                      {item.textedTo === null ? null : (
                        <span className="muted small"> {say('claims.code_texted', { phone: item.textedTo })}</span>
                      )}
                    </span>
                  </li>
                ))}
              </ol>
            )
          }
        </Loaded>
      ) : (
        <p className="row">
          <Button size="small" onClick={() => setOpen(true)}>
            {say('claims.codes_show')}
          </Button>
          <span className="muted small">{say('claims.codes_hint')}</span>
        </p>
      )}
    </Panel>
  );
}
