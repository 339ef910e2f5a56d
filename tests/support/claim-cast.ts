import type { NamedActor } from './found-actors.ts';

const PEOPLE = [
  'Anna Delorme',
  'Marc Villeret',
  'Sofia Haddad',
  'Karim Benali',
  'Julie Roustan',
  'Pierre Caumont',
  'Élodie Saunier',
  'Aliénor Vasseur',
  'Gwenaël Tanguy',
  'Nour Chami',
];

/** Made-up people and organisations that the claim tests let speak. */
export const CAST: readonly NamedActor[] = [
  ...PEOPLE.map(
    (name): NamedActor => ({ name, kind: 'PERSON', mentions: [name, name.split(' ').at(-1) ?? name] }),
  ),
  { name: 'Vectis', kind: 'COMPANY' },
  { name: 'Nubia', kind: 'COMPANY' },
  { name: 'Inria', kind: 'LAB' },
  { name: 'Université de Lille', kind: 'LAB' },
  { name: 'Arcep', kind: 'GOVERNMENT' },
  { name: 'Bercy', kind: 'GOVERNMENT' },
  { name: 'Élysée', kind: 'GOVERNMENT' },
  { name: 'Cour des comptes', kind: 'GOVERNMENT' },
  { name: 'Sénat', kind: 'GOVERNMENT' },
  { name: 'Commission européenne', kind: 'GOVERNMENT' },
  { name: 'CGT', kind: 'ORGANIZATION' },
  { name: 'Halden Capital', kind: 'INVESTOR' },
];
