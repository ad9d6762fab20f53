import { parentPort } from 'node:worker_threads';
import slugify from 'slugify';

parentPort.postMessage(slugify('hello bundle'));
