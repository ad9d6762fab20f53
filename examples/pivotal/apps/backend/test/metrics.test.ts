import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testApp } from './support.ts';

test('requests are measured by the template of their route', async () => {
  const app = await testApp();
  await app.inject({ method: 'POST', url: '/api/v1/metrics/4711/readings', body: { value: 1 } });
  await app.inject('/api/v1/board');
  await app.inject('/wp-login.php');

  const reply = await app.inject('/metrics');
  assert.match(String(reply.headers['content-type']), /^text\/plain/);
  assert.match(reply.body, /http_request_duration_seconds_count\{method="POST",route="\/api\/v1\/metrics\/:id\/readings",status="404"\} 1/);
  assert.match(reply.body, /http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/board",status="200"\} 1/);
  assert.match(reply.body, /http_request_duration_seconds_count\{method="GET",route="unknown",status="404"\} 1/);
  assert.doesNotMatch(reply.body, /4711|wp-login/);
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
