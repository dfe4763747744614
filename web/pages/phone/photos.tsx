import { useSay } from '../../say.ts';
import type { Entry } from './outbox.rules.ts';
import { dropPicture, tell } from './outbox.ts';
import { PhotoStrip } from './photo-strip.tsx';
import type { Job } from './store.ts';

/** Photos of the site: made small, put in the queue at once, so that a killed page does not lose them. */
export function Photos({ job, entries, accountId }: { job: Job; entries: readonly Entry[]; accountId: string }) {
  const say = useSay();
  const taken = entries.flatMap(({ key, offerId, act }) =>
    act.do === 'photo' && offerId === job.offerId ? [{ key, blob: act.picture }] : [],
  );
  const take = async (picture: Blob) => {
    const act = { do: 'photo' as const, picture, name: `${job.number}-${taken.length + 1}.jpg` };
    await tell({ incidentId: job.incidentId, offerId: job.offerId, act }, accountId);
  };
  return (
    <PhotoStrip
      title={say('phone.release.photos')}
      hint={say('phone.release.photos_why')}
      photos={taken}
      onTake={take}
      onDrop={(key) => void dropPicture(key)}
    />
  );
}
