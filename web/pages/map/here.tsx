import { useQueries } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import type { ElevatorFileView } from '../../../contract/registry.ts';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';

type Props = { ids: readonly string[]; shown: string; onShow: (id: string) => void };

/** As many are named: a place with more of them is a mistake in coordinates, and the list finds them. */
const MOST = 24;

/** The elevators that stand where the map was pressed, one of them open. */
export function Here({ ids, shown, onShow }: Props) {
  const say = useSay();
  const files = useQueries({
    queries: ids.slice(0, MOST).map((id) => ({
      queryKey: ['registry', '/elevators', id],
      queryFn: ({ signal }: { signal: AbortSignal }) => get<ElevatorFileView>(`/elevators/${id}`, {}, signal),
    })),
  });
  const found = files.flatMap(({ data }) => data ?? []).toSorted((a, b) => a.address.localeCompare(b.address, 'zh'));
  return (
    <nav className="map-here" aria-label={say('web.map.here', { n: ids.length })}>
      <span className="muted">{say('web.map.here', { n: ids.length })}</span>
      {found.map((file) => (
        <Button
          key={file.id}
          size="small"
          type={file.id === shown ? 'primary' : 'default'}
          aria-current={file.id === shown}
          onClick={() => onShow(file.id)}
        >
          {nameOf(file)}
        </Button>
      ))}
    </nav>
  );
}

const nameOf = ({ unit, rescueCode }: ElevatorFileView): string => unit || rescueCode || '—';
