import { useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useRef } from 'react';
import type { ClaimViewOut } from '../../../contract/insurance-claim-file.ts';
import { apiUrl, upload } from '../../api.ts';
import { problemError } from '../../problem.ts';
import { useSay, useWord } from '../../say.ts';
import { Panel } from '../../ui/page.tsx';
import { Empty, Failing } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';
import { Mediations } from './claim-after.tsx';

/** Letters as they were sent, papers as they came, and what was found on site. */
export function ClaimPapers({ claim }: { claim: ClaimViewOut }) {
  const say = useSay();
  return (
    <div className="columns">
      <Letters claim={claim} />
      <Papers claim={claim} />
      {claim.surveys.length > 0 ? (
        <Panel title={say('claims.surveys')}>
          <ol className="timeline">
            {claim.surveys.map((survey) => (
              <li key={survey.id}>
                <When at={survey.at} />
                <span>{survey.findings}</span>
              </li>
            ))}
          </ol>
        </Panel>
      ) : null}
      <Mediations claim={claim} />
    </div>
  );
}

function Letters({ claim }: { claim: ClaimViewOut }) {
  const say = useSay();
  const word = useWord();
  return (
    <Panel title={say('claims.letters')}>
      <ol className="timeline">
        {claim.documents.map((letter) => (
          <li key={letter.id}>
            <When at={letter.madeAt} />
            <a href={apiUrl(`/insurance/claims/${claim.id}/documents/${letter.id}`)} target="_blank" rel="noreferrer">
              {word('claims.letter', letter.kind)} {claim.number}-{letter.no} (PDF)
            </a>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Papers({ claim }: { claim: ClaimViewOut }) {
  const say = useSay();
  const word = useWord();
  const act = useAct();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const send = (file: File) =>
    act.run(async () => {
      await upload(`/insurance/claims/${claim.id}/papers`, file, { kind: 'paper' });
      await queries.invalidateQueries({ queryKey: ['insurance', 'claim', claim.id] });
    });
  const mayAdd = claim.can['paper'] === true;
  return (
    <Panel
      title={say('claims.papers')}
      actions={
        mayAdd ? (
          <Button size="small" loading={act.isRunning} onClick={() => input.current?.click()}>
            {say('claims.add_paper')}
          </Button>
        ) : null
      }
    >
      <input
        ref={input}
        type="file"
        hidden
        accept="image/jpeg,image/png,image/webp,application/pdf"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void send(file);
          event.target.value = '';
        }}
      />
      {act.problem ? <Failing error={problemError(act.problem)} /> : null}
      {claim.papers.length === 0 ? <Empty title={say('claims.no_papers')} /> : null}
      <ol className="timeline">
        {claim.papers.map((paper) => (
          <li key={paper.id}>
            <When at={paper.at} />
            <span>
              {paper.name ? (
                <a href={apiUrl(`/insurance/claims/${claim.id}/papers/${paper.id}`)} target="_blank" rel="noreferrer">
                  {paper.name}
                </a>
              ) : (
                <span className="muted">{say('claims.sealed')}</span>
              )}{' '}
              <span className="muted small">
                {word('claims.paper', paper.kind)} · {Math.ceil(paper.sizeBytes / 1_000)} KB
              </span>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
