/** Everything that could hide in a text or turn it around; in JSON it is written as an escape. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;

function toUnicodeEscapes(text: string): string {
  return text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/** A value as indented JSON with a line end; a stranger's text in it hides nothing from who opens the file. */
export function toSafeJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(unseen, (found) => (found === '\n' ? found : toUnicodeEscapes(found)))}\n`;
}
