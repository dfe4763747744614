import { upload } from '../../api.ts';
import { useSay } from '../../say.ts';
import { PhotoStrip } from '../phone/photo-strip.tsx';
import '../phone/phone.css';

/** A photo taken or chosen: kept as it is until the server has it, then with the server's id. */
export type Photo = { key: string; blob: Blob; name: string; fileId: string | null };

/** Photos of the site, made small; they travel when the form is sent. */
export function PhotoField({ photos, onChange }: { photos: readonly Photo[]; onChange: (photos: Photo[]) => void }) {
  const say = useSay();
  return (
    <PhotoStrip
      title={say('web.prevention.photos')}
      photos={photos}
      onTake={(blob, name) => onChange([...photos, { key: crypto.randomUUID(), blob, name, fileId: null }])}
      onDrop={(dropped) => onChange(photos.filter(({ key }) => key !== dropped))}
    />
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
