import { expect, it } from 'vitest';
import { proxyFor } from './proxy-rule.ts';

const all = { HTTP_PROXY: 'http://p:1', HTTPS_PROXY: 'http://s:2' };

it.each([
  ['http://reg.example/', all, 'http://p:1'],
  ['https://reg.example/', all, 'http://s:2'],
  ['https://reg.example/', { https_proxy: 's:2' }, 'http://s:2'],
  ['https://reg.example/', {}, undefined],
  ['http://localhost:5000/', all, undefined],
  ['http://127.0.0.1/', all, undefined],
  ['http://[::1]/', all, undefined],
  ['https://reg.example/', { ...all, NO_PROXY: '*' }, undefined],
  ['https://reg.example/', { ...all, NO_PROXY: 'other, reg.example' }, undefined],
  ['https://a.reg.example/', { ...all, NO_PROXY: 'reg.example' }, undefined],
  ['https://areg.example/', { ...all, NO_PROXY: 'reg.example' }, 'http://s:2'],
  ['https://reg.example/', { ...all, NO_PROXY: '.reg.example' }, 'http://s:2'],
  ['https://a.reg.example/', { ...all, no_proxy: '*.reg.example' }, undefined],
  ['https://reg.example:444/', { ...all, NO_PROXY: 'reg.example:443' }, 'http://s:2'],
  ['https://reg.example/', { ...all, NO_PROXY: 'reg.example:443' }, undefined],
  ['https://reg.example/', { ...all, NO_PROXY: ', ,' }, 'http://s:2'],
  ['https://reg.example/', { HTTPS_PROXY: 'http://[' }, undefined],
])('%s with %j goes through %s', (url, environment, expected) => {
  expect(proxyFor(new URL(url), environment)).toBe(expected);
});
