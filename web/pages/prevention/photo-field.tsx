import { useEffect, useRef, useState } from 'react';
import { upload } from '../../api.ts';
import { useSay } from '../../say.ts';
import { shrink } from '../phone/picture.ts';
import '../phone/phone.css';

/** A photo taken or chosen: kept as it is until the server has it, then with the server's id. */
export type Photo = { key: string; blob: Blob; name: string; fileId: string | null };

const MOST_PHOTOS = 9;

/** Photos of the site, made small; they travel when the form is sent. */
export function PhotoField({ photos, onChange }: { photos: readonly Photo[]; onChange: (photos: Photo[]) => void }) {
  const say = useSay();
  const [isFailed, setFailed] = useState(false);
  const take = async (file: File) => {
    try {
      const blob = await shrink(file);
      onChange([...photos, { key: crypto.randomUUID(), blob, name: file.name || 'photo.jpg', fileId: null }]);
      setFailed(false);
    } catch {
      // No picture, or one this browser cannot read: said beside it.
      setFailed(true);
    }
  };
  return (
    <section className="phone-field">
      <span>{say('web.prevention.photos')}</span>
      <div className="phone-photos">
        {photos.map((photo) => (
          <Thumbnail
            key={photo.key}
            photo={photo}
            onDrop={() => onChange(photos.filter(({ key }) => key !== photo.key))}
          />
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
        <span className="field-fault" role="alert">
          {say('phone.release.photo_failed')}
        </span>
      ) : null}
    </section>
  );
}

function Thumbnail({ photo, onDrop }: { photo: Photo; onDrop: () => void }) {
  const say = useSay();
  const shown = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const url = URL.createObjectURL(photo.blob);
    if (shown.current) shown.current.src = url;
    return () => URL.revokeObjectURL(url);
  }, [photo.blob]);
  return (
    <span className="phone-photo">
      <img ref={shown} alt={photo.name} />
      <button type="button" aria-label={say('phone.release.drop_photo')} onClick={onDrop}>
        ✕
      </button>
    </span>
  );
}

/** Send what the server has not got yet; answers with all of them and their ids. */
export async function sendPhotos(photos: readonly Photo[]): Promise<Photo[]> {
  const sent: Photo[] = [];
  for (const photo of photos) {
    if (photo.fileId) {
      sent.push(photo);
      continue;
    }
    const file = new File([photo.blob], photo.name, { type: 'image/jpeg' });
    const { id } = await upload<{ id: string }>('/files', file);
    sent.push({ ...photo, fileId: id });
  }
  return sent;
}

export const idsOf = (photos: readonly Photo[]): string[] => photos.flatMap(({ fileId }) => fileId ?? []);
