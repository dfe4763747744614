import { usePlace } from '../../frame/place.ts';
import { useSay } from '../../say.ts';

/** Why an elevator is not rated, its area by name. */
export function useRefusal(): (refusal: { code: string } & Record<string, unknown>) => string {
  const say = useSay();
  const { nameOf } = usePlace();
  return (refusal) =>
    say(refusal.code, typeof refusal['area'] === 'string' ? { ...refusal, area: nameOf(refusal['area']) } : refusal);
}
