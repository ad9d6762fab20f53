import { greeting } from '@acme/shared';

document.querySelector('#greeting')!.textContent = greeting('site');
