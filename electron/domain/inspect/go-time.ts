/** A time in its zone, in the two forms that the reference prints. */
export interface GoTime {
  /** RFC 3339 with as much of a fraction as there is. */
  readonly rfc3339: string;
  /** As C's `asctime` does: `Mon Jan _2 15:04:05 2006`, without a zone. */
  readonly ansic: string;
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Go keeps nanoseconds. */
const maxFraction = 9;

/** A wall clock `YYYY-MM-DDThh:mm:ss`, in which the weekday is that of the day it shows. */
function toAnsic(wall: string): string {
  const shown = new Date(`${wall}Z`);
  const day = String(shown.getUTCDate()).padStart(2, ' ');
  return `${days[shown.getUTCDay()]} ${months[shown.getUTCMonth()]} ${day} ${wall.slice(11, 19)} ${wall.slice(0, 4)}`;
}

/** A time as an RFC 3339 text, accepted already, gives it: its zone is kept, `Z` for none. */
export function toGoTime(text: string): GoTime {
  const wall = text.slice(0, 19);
  const zone = text.endsWith('Z') ? 'Z' : text.slice(-6);
  const digits = text
    .slice(19, text.length - zone.length)
    .slice(1, maxFraction + 1)
    .replace(/0+$/, '');
  const isUtc = zone.slice(1) === '00:00' || zone === 'Z';
  return { rfc3339: `${wall}${digits === '' ? '' : `.${digits}`}${isUtc ? 'Z' : zone}`, ansic: toAnsic(wall) };
}

/** A moment in the zone of this machine, as the reference shows a moment that was stored without one. */
export function toLocalGoTime(moment: Date): GoTime {
  const offset = -moment.getTimezoneOffset();
  const wall = new Date(moment.getTime() + offset * 60_000).toISOString();
  const twoDigits = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const zone = `${offset < 0 ? '-' : '+'}${twoDigits(Math.abs(offset) / 60)}:${twoDigits(Math.abs(offset) % 60)}`;
  return toGoTime(`${wall.slice(0, 19)}${zone}`);
}
