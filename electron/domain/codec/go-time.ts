const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A moment in UTC as Go's `RFC1123Z` prints it: `Mon, 02 Jan 2006 15:04:05 +0000`. */
export function toRfc1123(moment: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${two(moment.getUTCDate())} ${months[moment.getUTCMonth()]} ${String(moment.getUTCFullYear()).padStart(4, '0')}`;
  const time = `${two(moment.getUTCHours())}:${two(moment.getUTCMinutes())}:${two(moment.getUTCSeconds())}`;
  return `${days[moment.getUTCDay()]}, ${date} ${time} +0000`;
}
