/** What a schema says of a value it does not take, as zod tells it. */
export type FieldIssue = { keyword: string; params?: Readonly<Record<string, unknown>> };

/** A fault in words: the code of its sentence, and the figure in it. */
export type FieldFault = { code: string; params: Readonly<Record<string, unknown>> };

const plain = (code: string): FieldFault => ({ code: `kernel.field.${code}`, params: {} });

/** Why a value is not taken, said so that whoever typed it can mend it. What we have no sentence for says so plainly. */
export function fieldFault(value: unknown, { keyword, params = {} }: FieldIssue): FieldFault {
  if (value === undefined || value === null || value === '') return plain('required');
  switch (keyword) {
    case 'too_small':
      return bounded('least', params['origin'], params['minimum']);
    case 'too_big':
      return bounded('most', params['origin'], params['maximum']);
    case 'invalid_format':
      return plain(FORMATS[String(params['format'])] ?? 'shape');
    case 'invalid_type':
      return plain(TYPES[String(params['expected'])] ?? 'shape');
    case 'invalid_value':
    case 'invalid_union':
      return plain('choice');
    case 'not_multiple_of':
      return plain('integer');
    default:
      return plain('shape');
  }
}

const FORMATS: Readonly<Record<string, string>> = { date: 'day', datetime: 'moment', uuid: 'choice', email: 'email' };
const TYPES: Readonly<Record<string, string>> = { number: 'number', int: 'integer', array: 'list' };

function bounded(side: 'least' | 'most', origin: unknown, n: unknown): FieldFault {
  if (typeof n !== 'number' && typeof n !== 'bigint') return plain('shape');
  const kind = origin === 'string' ? 'letters' : origin === 'array' || origin === 'set' ? 'items' : 'value';
  return { code: `kernel.field.${side}_${kind}`, params: { n: Number(n).toLocaleString('en-US') } };
}
