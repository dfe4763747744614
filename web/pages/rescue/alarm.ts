import { useEffect, useRef, useState } from 'react';

const MUTE_MS = 60_000;

/** Two short tones. Browsers stay silent until the person has touched the page once. */
function ring(context: AudioContext): void {
  for (const [i, hertz] of [880, 660].entries()) {
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = hertz;
    volume.gain.value = 0.08;
    tone.connect(volume).connect(context.destination);
    tone.start(context.currentTime + i * 0.18);
    tone.stop(context.currentTime + i * 0.18 + 0.15);
  }
}

/** Rings every five seconds while `wanted`. Can be muted for a minute, and not for ever. */
export function useAlarm(wanted: boolean, now: number): { mutedSeconds: number; mute: () => void } {
  const [mutedUntil, setMutedUntil] = useState(0);
  const context = useRef<AudioContext | null>(null);
  const isSilent = now < mutedUntil;
  useEffect(() => {
    if (!wanted || isSilent) return undefined;
    context.current ??= new AudioContext();
    const sound = context.current;
    ring(sound);
    const timer = setInterval(() => ring(sound), 5_000);
    return () => clearInterval(timer);
  }, [wanted, isSilent]);
  return {
    mutedSeconds: Math.max(0, Math.ceil((mutedUntil - now) / 1_000)),
    mute: () => setMutedUntil(Date.now() + MUTE_MS),
  };
}
