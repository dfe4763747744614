import { hasWords, type Language, say } from '../words/index.ts';

/** Where input must be mended. */
export type Fault = { field: string; value: string; message: string; remedy?: string };

/** What the server answers when it says no (RFC 9457), or what we say when it does not answer. Status 0: no answer. */
export type Problem = {
  status: number;
  code: string;
  title: string;
  detail?: string;
  faults?: readonly Fault[];
} & Record<string, unknown>;

/** A problem on its way to the screen. */
export type ProblemError = Error & { problem: Problem };

export const problemError = (problem: Problem): ProblemError => Object.assign(new Error(problem.code), { problem });

/** The problem in anything that was thrown. What we did not foresee is our fault and says so. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Error && 'problem' in thrown && isProblem(thrown.problem)) return thrown.problem;
  return {
    status: 500,
    code: 'web.failed',
    title: '',
    reason: thrown instanceof Error ? thrown.message : String(thrown),
  };
}

/** Is this the shape of a problem? Proxies in between answer with other things. */
export const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' && 'status' in body;

/** What happened, what to do: the words of a problem in the reader's language. Codes without words keep the server's. */
export function problemWords(problem: Problem, language: Language): { title: string; detail: string } {
  const title = hasWords(problem.code) ? say(problem.code, language, problem) : problem.title || problem.code;
  const remedyCode = `${problem.code}.remedy`;
  const remedy = hasWords(remedyCode) ? say(remedyCode, language, problem) : '';
  return { title, detail: remedy || problem.detail || '' };
}

/** The faults by field, for forms: the first one of each field. */
export const faultsByField = (problem: Problem | null): Readonly<Record<string, Fault>> =>
  Object.fromEntries((problem?.faults ?? []).toReversed().map((fault) => [fault.field, fault]));
