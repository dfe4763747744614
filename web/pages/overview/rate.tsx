import { useSay } from '../../say.ts';

/** A share as a percentage, with what it is a share of behind it. Unknown is a dash, never 100 %. */
export function Rate({ of }: { of: { part: number; whole: number } | undefined }) {
  const say = useSay();
  if (!of || of.whole === 0) return <span className="muted">—</span>;
  return (
    <span title={say('web.overview.rate_of', { part: of.part, whole: of.whole })}>
      {((of.part / of.whole) * 100).toFixed(1)} %
    </span>
  );
}
