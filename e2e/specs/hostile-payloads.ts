const code = 'window.__pwned=1';

/** What strangers write into names: markup, addresses, what cannot be seen, what turns text around, what programs take for theirs. */
const texts: readonly string[] = [
  `<img src=x onerror="${code}">`,
  `<script>${code}</script>`,
  `<svg onload=${code}>`,
  `"><iframe srcdoc="<script>parent.${code}</script>"></iframe>`,
  `<a href="javascript:${code}">click</a>`,
  `<style>*{display:none}</style>`,
  `<math><mtext></math><img src=x onerror=${code}>`,
  `<base href="https://evil.example/">`,
  `</title></textarea><b>bold</b>`,
  `<link rel=stylesheet href=//evil.example/x.css>`,
  `javascript:${code}`,
  'data:text/html,<script>1</script>',
  'https://evil.example/login?next=you',
  'www.evil.example',
  'mailto:me@evil.example',
  '//evil.example/x',
  `{{constructor.constructor('${code}')()}}`,
  `\${${code}}`,
  '{count, plural, one {x} other {y}}',
  "'{' unbalanced {",
  '<b>{policy}</b>',
  '\uE0000\uE001\uE0001\uE001',
  'red;}body{display:none',
  'url(//evil.example/x.png)',
  '=HYPERLINK("https://evil.example")',
  '@SUM(1+1)*cmd|x',
  '../../../etc/passwd',
  'C:\\Windows\\con',
  '$(id); `id` && id | id',
  "' OR 1=1; --",
  '__proto__',
  'constructor',
  'toString',
  '\u202Eexe.gpj\u202C',
  '\u2066left\u2069\u2067right\u2069',
  'zero\u200Bwidth\u200D\uFEFF',
  'line\u2028and\u2029paragraph',
  'a\u0000b\u0007c\u001B[31mred\u001B[0m',
  '\u0085next\u00ADsoft',
  'tab\tnewline\nreturn\r',
  '\u{E0041}\u{E0042}tags',
  'раypal', // The first two letters are Cyrillic.
  `e${'\u0301'.repeat(60)}`,
  'W'.repeat(180),
  '\u3042'.repeat(120),
  'a b '.repeat(60),
  '\u05E9\u05DC\u05D5\u05DD right to left',
  '\u{1F468}\u200D\u{1F469}\u200D\u{1F467} family',
  '\uD83D half of a letter',
  '\u00A0\u3000\u2003spaces',
];

const frames: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `before ${text}`,
  (text) => `${text} after`,
  (text) => `"${text}"`,
];

/** 200 of them; each has a number of its own that any screen can show. */
export const payloads: readonly string[] = frames.flatMap((frame, round) =>
  texts.map((text, at) => `#${round * texts.length + at}# ${frame(text)}`),
);
