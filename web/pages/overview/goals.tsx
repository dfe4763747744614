import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { coverageAnswer } from '../../../contract/insurance-coverage.ts';
import { get } from '../../api.ts';
import { isOpenTo } from '../../frame/menu.rules.ts';
import { paths } from '../../paths.ts';
import { useMe } from '../../session.ts';
import { cityDay, today } from '../../time.ts';
import { CoverageGoals } from '../insurance/coverage-goals.tsx';

/** The goals that the city's notices set, each against where the city stands today. Without goals nothing is shown. */
export function Goals() {
  const { role } = useMe();
  const on = cityDay(today());
  const { data } = useQuery({
    queryKey: ['insurance', '/insurance/coverage', { on, by: 'district' }],
    queryFn: ({ signal }) => get<z.infer<typeof coverageAnswer>>('/insurance/coverage', { on, by: 'district' }, signal),
    enabled: isOpenTo(paths.coverage(), role),
  });
  return data && data.targets.length > 0 ? <CoverageGoals data={data} on={on} district={undefined} /> : null;
}
