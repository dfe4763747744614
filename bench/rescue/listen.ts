/** When the desk's stream first told of an incident, by the incident's id. */
export type Heard = { opened: Map<string, number>; stop: () => void };

/** Listen as the desk's browser does. */
export function listen(port: number, token: string): Heard {
  const opened = new Map<string, number>();
  const abort = new AbortController();
  void read(port, token, { opened, signal: abort.signal }).catch((error: unknown) => {
    if (!abort.signal.aborted) process.stderr.write(`the stream ended: ${String(error)}\n`);
  });
  return { opened, stop: () => abort.abort() };
}

async function read(
  port: number,
  token: string,
  { opened, signal }: { opened: Map<string, number>; signal: AbortSignal },
): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/stream`, {
    headers: { authorization: `Bearer ${token}` },
    signal,
  });
  if (!answer.ok || !answer.body) throw new Error(`the stream answered ${answer.status}`);
  let rest = '';
  const reader = answer.body.getReader();
  const text = new TextDecoder();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const at = Date.now();
    const lines = (rest + text.decode(chunk.value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const subject = /"type":"rescue\.incident_opened","subject":"([^"]+)"/.exec(line)?.[1];
      if (subject && !opened.has(subject)) opened.set(subject, at);
    }
  }
}
