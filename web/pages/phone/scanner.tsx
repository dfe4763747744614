import { useEffect, useEffectEvent, useRef } from 'react';

const EVERY_MS = 250;

type Found = { rawValue: string };
declare class BarcodeDetector {
  constructor(options: { formats: string[] });
  detect(from: HTMLVideoElement): Promise<Found[]>;
  static getSupportedFormats(): Promise<string[]>;
}

/** Can this browser read codes with its camera by itself? */
export async function canScan(): Promise<boolean> {
  if (!('BarcodeDetector' in globalThis) || !('mediaDevices' in navigator)) return false;
  return (await BarcodeDetector.getSupportedFormats()).includes('qr_code');
}

/** The camera's picture; tells every text it reads. The camera is off as soon as this is gone. */
export function Scanner({ onText, onDenied }: { onText: (text: string) => void; onDenied: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const read = useEffectEvent(onText); // the camera runs on while the page around it is drawn anew
  const denied = useEffectEvent(onDenied);
  useEffect(() => {
    const screen = video.current;
    if (!screen) return undefined;
    let stream: MediaStream | null = null;
    let isOver = false;
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    const look = setInterval(() => {
      if (screen.readyState < screen.HAVE_CURRENT_DATA) return;
      detector.detect(screen).then(
        (found) => found[0] && read(found[0].rawValue),
        () => undefined, // a picture that cannot be read is followed by the next one
      );
    }, EVERY_MS);
    const stop = () => {
      isOver = true;
      clearInterval(look);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).then(
      (given) => {
        stream = given;
        if (isOver) return stop();
        screen.srcObject = given;
        return screen.play();
      },
      () => denied(),
    );
    return stop;
  }, []);
  return <video ref={video} className="phone-camera" muted playsInline />;
}
