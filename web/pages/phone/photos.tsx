import { useEffect, useRef, useState } from 'react';
import { useSay } from '../../say.ts';
import type { Entry } from './outbox.rules.ts';
import { dropPicture, tell } from './outbox.ts';
import { shrink } from './picture.ts';
import type { Job } from './store.ts';

const MOST_PHOTOS = 9;

/** Photos of the site: made small, put in the queue at once, so that a killed page does not lose them. */
export function Photos({ job, entries, accountId }: { job: Job; entries: readonly Entry[]; accountId: string }) {
  const say = useSay();
  const [isFailed, setFailed] = useState(false);
  const taken = entries.flatMap(({ key, offerId, act }) =>
    act.do === 'photo' && offerId === job.offerId ? [{ key, picture: act.picture }] : [],
  );
  const take = async (file: File) => {
    try {
      const picture = await shrink(file);
      const act = { do: 'photo' as const, picture, name: `${job.number}-${taken.length + 1}.jpg` };
      await tell({ incidentId: job.incidentId, offerId: job.offerId, act }, accountId);
      setFailed(false);
    } catch {
      // The phone itself could not keep the picture: said beside it.
      setFailed(true);
    }
  };
  return (
    <section className="phone-field">
      <span>{say('phone.release.photos')}</span>
      <div className="phone-photos">
        {taken.map(({ key, picture }) => (
          <Thumbnail key={key} picture={picture} onDrop={() => void dropPicture(key)} />
        ))}
        {taken.length < MOST_PHOTOS ? (
          <label className="phone-photo-add">
            <span aria-hidden="true">＋</span>
            {say('phone.release.add_photo')}
            <input
              className="hidden"
              type="file"
              accept="image/*"
              capture="environment"
              onChange={({ target }) => {
                const file = target.files?.[0];
                target.value = ''; // the same photo may be chosen again
                if (file) void take(file);
              }}
            />
          </label>
        ) : null}
      </div>
      {isFailed ? (
        <span className="phone-held" role="alert">
          {say('phone.release.photo_failed')}
        </span>
      ) : (
        <span className="muted">{say('phone.release.photos_why')}</span>
      )}
    </section>
  );
}

function Thumbnail({ picture, onDrop }: { picture: Blob; onDrop: () => void }) {
  const say = useSay();
  const shown = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const url = URL.createObjectURL(picture);
    if (shown.current) shown.current.src = url;
    return () => URL.revokeObjectURL(url);
  }, [picture]);
  return (
    <span className="phone-photo">
      <img ref={shown} alt={say('phone.act.photo')} />
      <button type="button" aria-label={say('phone.release.drop_photo')} onClick={onDrop}>
        ✕
      </button>
    </span>
  );
}
