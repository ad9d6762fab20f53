import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testApp } from './support.ts';

test('requests are measured by the template of their route', async () => {
  const app = await testApp();
  await app.inject('/api/jobs/7e5e7b5c-93a5-4a43-a41c-8e3f0a3c2b11');
  await app.inject('/api/items');
  await app.inject('/wp-login.php');

  const reply = await app.inject('/metrics');
  assert.match(String(reply.headers['content-type']), /^text\/plain/);
  assert.match(reply.body, /http_request_duration_seconds_count\{method="GET",route="\/api\/jobs\/:id",status="404"\} 1/);
  assert.match(reply.body, /http_request_duration_seconds_count\{method="GET",route="\/api\/items",status="200"\} 1/);
  assert.match(reply.body, /http_request_duration_seconds_count\{method="GET",route="unknown",status="404"\} 1/);
  assert.doesNotMatch(reply.body, /7e5e7b5c|wp-login/);
});

test('the process is measured, probes and scrapes are not', async () => {
  const app = await testApp();
  await app.inject('/health');
  await app.inject('/metrics');
  const { body } = await app.inject('/metrics');
  assert.match(body, /^process_resident_memory_bytes \d/m);
  assert.match(body, /^process_cpu_seconds_total \d/m);
  assert.doesNotMatch(body, /route="\/(health|metrics)"/);
});
