import { useSay } from '../say.ts';
import './drill-banner.css';

/** Across the top of every page about a drill: nobody is trapped, and nothing leaves the house. */
export function DrillBanner() {
  const say = useSay();
  return (
    <p className="drill-banner" role="note">
      <b>{say('web.drill.title')}</b> {say('web.drill.what')}
    </p>
  );
}
