import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GET as health } from '../app/api/health/route.ts';

test('the process says that it is alive', async () => {
  assert.deepEqual(await health().json(), { status: 'ok' });
});
