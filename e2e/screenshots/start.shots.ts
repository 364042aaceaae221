import { takeShots } from './shots.ts';

takeShots({
  name: 'start',
  open: async (page) => {
    await page.getByRole('main').waitFor();
  },
});
