/** Offices that the press names instead of their holder, without ever saying who that is. */

interface Holder {
  readonly name: string;
  /** ISO 8601 dates; `to` is null while the term lasts. */
  readonly from: string;
  readonly to: string | null;
}

const PRESIDENTS: readonly Holder[] = [
  { name: 'Nicolas Sarkozy', from: '2007-05-16', to: '2012-05-15' },
  { name: 'François Hollande', from: '2012-05-15', to: '2017-05-14' },
  { name: 'Emmanuel Macron', from: '2017-05-14', to: null },
];

const OFFICES: ReadonlyMap<string, readonly Holder[]> = new Map([
  ['president republique', PRESIDENTS],
  ['president francais', PRESIDENTS],
  ['chef etat', PRESIDENTS],
  ['locataire elysee', PRESIDENTS],
]);

/** Names of those who held the office (folded words, without articles) on a day, or ever when the day is unknown. */
export function holdersOf(office: string, on: Date | null): readonly string[] {
  const day = on?.toISOString().slice(0, 10);
  const holders = OFFICES.get(office) ?? [];
  return holders
    .filter(({ from, to }) => day === undefined || (from <= day && (to === null || day < to)))
    .map(({ name }) => name);
}
