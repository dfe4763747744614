import { serveThread } from '../../kernel/thread.ts';
import { platesPdf } from './plates.ts';

const work = { platesPdf };
export type PlatesWork = typeof work;
serveThread(work);
