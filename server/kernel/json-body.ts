import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';

/**
 * JSON is UTF-8 (RFC 8259, 8.1). Bytes of another encoding are refused: read all the same, every sign of a name or an address
 * would be stored as a question mark, and nobody would hear of it.
 */
export function takeJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (isUtf8(body)) return parse(request, body.toString('utf8'), done);
    done(Object.assign(new Error('the body is not UTF-8'), { statusCode: 400 }), undefined);
  });
}
