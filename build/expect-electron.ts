// Set-up of the crypto suite: refuses to call it a success when the tests run in plain Node after all.
import { expect } from 'vitest';

expect(process.versions, 'these tests have to run inside Electron').toHaveProperty('electron');
