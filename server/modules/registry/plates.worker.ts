import { serveThread } from '../../kernel/thread.ts';
import { platesPdf } from './plates.ts';
import { signsPdf } from './use-sign.ts';

const work = { platesPdf, signsPdf };
export type PlatesWork = typeof work;
serveThread(work);
