export const compare = {
  open: 'Compare with notation…',
  title: 'The same digest, judged by notation',
  command: 'This command is run, and only reads',
  asking: 'notation is verifying…',
  same: '{inkan, select, true {Both accept it.} other {Both refuse it.}}',
  differs:
    'They differ: Inkan {inkan, select, true {accepts} other {refuses}} it, notation {command, select, true {accepts} other {refuses}} it.',
  expected:
    'Inkan foresaw this. The command stops at the first signature that passes and takes some answers less strictly; Inkan judges every signature.',
  unexpected:
    'Inkan did not foresee this. Most likely the policy, a trust store or a server’s answer changed in between, or this version of notation judges otherwise. Verify again, and compare once more.',
  program: 'Program',
  version: 'Version',
  took: 'Took',
  milliseconds: '{count, number} ms',
  says: 'What notation says',
  silent: '(nothing)',
  copy: 'Copy the text',
  foretold: 'What Inkan expected it to say',
};
