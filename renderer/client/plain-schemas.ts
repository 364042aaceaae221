import { config } from 'zod';

// zod would try whether it may make functions from texts. The page's policy forbids that, and reports the attempt.
config({ jitless: true });
