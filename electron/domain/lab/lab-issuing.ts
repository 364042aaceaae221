// Loaded with the first certificate: what makes certificates is a large part of the code, and few use it.
const load = () => import('../x509/issue-test-certificate.ts');

type Loaded = Awaited<ReturnType<typeof load>>;

export const issueTestCertificate: Loaded['issueTestCertificate'] = async (...asked) =>
  (await load()).issueTestCertificate(...asked);

export const issueTestCrl: Loaded['issueTestCrl'] = async (...asked) => (await load()).issueTestCrl(...asked);
