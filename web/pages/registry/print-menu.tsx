import Button from 'antd/es/button/index.js';
import Dropdown from 'antd/es/dropdown/index.js';
import { apiUrl, type Query } from '../../api.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';

const SIGNERS = ['city_regulator', 'district_regulator', 'inspector'];

type Props = { plates: Query; signs: Query; short?: boolean };

/** What is printed of elevators, all of it with their code: nameplates, and 使用标志 for those who put them up. */
export function PrintMenu({ plates, signs, short = false }: Props) {
  const say = useSay();
  const { role } = useMe();
  const item = (key: 'plates' | 'use_signs', path: string, query: Query) => ({
    key,
    label: (
      <a href={apiUrl(path, query)} download>
        {say(`web.elevators.${key}`)}
      </a>
    ),
  });
  const items = [
    item('plates', '/registry/nameplates.pdf', plates),
    ...(SIGNERS.includes(role) ? [item('use_signs', '/registry/use-signs.pdf', signs)] : []),
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button size={short ? 'small' : 'middle'}>{say('web.elevators.print')} ▾</Button>
    </Dropdown>
  );
}
