import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance } from 'fastify';

// A name without folders, and no hidden file.
const fileName = { type: 'string', pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]*$' };
const schema = { params: { type: 'object', properties: { name: fileName } } };

interface Upload {
  Params: { name: string };
  Body: Readable;
}

/** Files as they are: the body of a POST is the file. */
export async function uploadRoutes(app: FastifyInstance, folder: string, limit: number): Promise<void> {
  // In a scope of its own, as in here every body, JSON too, goes to the disk as it comes.
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body));

    scope.post<Upload>('/api/uploads/:name', { schema }, async (request, reply) => {
      const { name } = request.params;
      // For when this fails: what the client still sends stays unread, so the connection is of no further use.
      reply.header('connection', 'close');
      if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
      const size = await store(request.body, join(folder, name), limit);
      return reply.code(201).removeHeader('connection').send({ name, size });
    });
  });

  app.get<Upload>('/api/uploads/:name', { schema }, async (request, reply) => {
    const { name } = request.params;
    const path = join(folder, name);
    const file = await stat(path).catch(() => undefined);
    if (!file?.isFile()) return reply.code(404).send({ statusCode: 404, error: 'Not Found', message: 'there is no such upload' });

    return reply
      .type('application/octet-stream')
      .header('content-length', file.size)
      // What somebody uploaded is never shown as a page of this site.
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('x-content-type-options', 'nosniff')
      .send(createReadStream(path));
  });
}

/** Under another name until it is complete, so that nobody downloads half a file. */
async function store(body: Readable | undefined, path: string, limit: number): Promise<number> {
  const incomplete = join(path, '..', `.${randomUUID()}.part`);
  const file = createWriteStream(incomplete, { flags: 'wx' });
  try {
    await pipeline(limited(body, limit), file);
    await rename(incomplete, path);
  } catch (error) {
    await rm(incomplete, { force: true });
    throw error;
  }
  return file.bytesWritten;
}

/** Counts for itself: a chunked body does not tell its length before. Leaves the body open, and with it the way for the answer. */
async function* limited(body: Readable | undefined, limit: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of body?.iterator({ destroyOnReturn: false }) ?? []) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    yield chunk;
  }
}

function tooLarge(limit: number): Error {
  return Object.assign(new Error(`an upload may have ${limit} bytes`), { statusCode: 413 });
}
