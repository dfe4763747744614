import { useEffect, useRef, useState } from 'react';
import { useSay } from '../../say.ts';
import { shrink } from './picture.ts';

const MOST_PHOTOS = 9;

type Props = {
  title: string;
  hint?: string;
  photos: readonly { key: string; blob: Blob }[];
  onTake: (picture: Blob, name: string) => void | Promise<void>;
  onDrop: (key: string) => void;
};

/** Photos of the site with a place for the next one. Each is made small before it is handed on; what failed is said beside it. */
export function PhotoStrip({ title, hint, photos, onTake, onDrop }: Props) {
  const say = useSay();
  const [isFailed, setFailed] = useState(false);
  const take = async (file: File) => {
    try {
      await onTake(await shrink(file), file.name || 'photo.jpg');
      setFailed(false);
    } catch {
      // No picture, one this browser cannot read, or a phone that cannot keep it.
      setFailed(true);
    }
  };
  return (
    <section className="phone-field">
      <span>{title}</span>
      <div className="phone-photos">
        {photos.map(({ key, blob }) => (
          <Thumbnail key={key} picture={blob} onDrop={() => onDrop(key)} />
        ))}
        {photos.length < MOST_PHOTOS ? (
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
      ) : hint ? (
        <span className="muted">{hint}</span>
      ) : null}
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
