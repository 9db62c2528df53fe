/**
 * What a kitchen calls out: the first name, and the initial of the last, for there may be two Annas at the counter.
 * What has been shortened before stays as it is.
 */
export function callName(name: string): string {
  const [first = "", ...more] = name.trim().split(/\s+/);
  const [initial] = more.at(-1) ?? "";
  return initial === undefined ? first : `${first} ${initial}.`;
}
