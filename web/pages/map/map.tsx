import { useCallback, useState } from 'react';
import { useSearchParams } from 'react-router';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { changed } from '../../ui/list/list-state.ts';
import { useDocumentTitle } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { ElevatorFile } from '../registry/file.tsx';
import { useGround } from './ground.ts';
import { Here } from './here.tsx';
import { Legend } from './legend.tsx';
import { MapView } from './map-view.tsx';
import { type View, viewOf, viewText } from './view.ts';
import './map.css';

/** Every elevator a person may see, on the map; the view stands in the address. */
export function MapPage() {
  const say = useSay();
  useDocumentTitle(say('web.menu.map'));
  const [params, setParams] = useSearchParams();
  const [first] = useState(() => viewOf(params.get('at')));
  const ground = useGround();
  const keepView = useCallback(
    (view: View) => setParams((now) => changed(now, { at: viewText(view) }), { replace: true }),
    [setParams],
  );
  const open = params.get('open') ?? '';
  const [here, setHere] = useState<readonly string[]>([]);
  const setOpen = useCallback(
    (id: string) => setParams((now) => changed(now, { open: id }), { replace: true }),
    [setParams],
  );
  const openAll = useCallback(
    (ids: readonly string[]) => {
      setHere(ids);
      setOpen(ids[0] ?? '');
    },
    [setOpen],
  );
  return (
    <section className="map-page">
      <h1 className="unseen">{say('web.menu.map')}</h1>
      <WithDrawer
        label={say('web.elevator.file')}
        onClose={() => setOpen('')}
        {...(open ? { page: paths.elevator(open) } : {})}
        list={
          <Loaded query={ground}>
            {(below) => (
              <div className="map-frame">
                <MapView ground={below} first={first} onMove={keepView} onOpen={openAll} />
                <Legend />
              </div>
            )}
          </Loaded>
        }
      >
        {open ? (
          <>
            {here.length > 1 && here.includes(open) ? <Here ids={here} shown={open} onShow={setOpen} /> : null}
            <ElevatorFile key={open} id={open} inDrawer />
          </>
        ) : null}
      </WithDrawer>
    </section>
  );
}
