const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Folded French words that say nothing of what a text is about. */
export const STOP_WORDS = words(
  `a afin ai ainsi alors apres au aucun aucune auquel aussi autre autres aux avaient avait avant avec avoir ayant c ca car
  ce cela celle celles celui ces cet cette ceux chaque chez comme comment contre d dans de deja depuis des desormais deux
  dit doit doivent donc dont du elle elles en encore enfin entre est et etaient etait ete etre eu eux fait faire font ici il
  ils j je jusqu jusque l la laquelle le lequel les leur leurs lors lorsque lui m ma mais meme memes mes moins mon n ne ni
  non nos notre nous on ont or ou par parce parmi pas pendant peu peut peuvent plus plusieurs pour pourra pourrait puis qu
  quand que quel quelle quelles quels qui quoi s sa sans sauf se selon sera serait ses si sinon soit son sont sous sur t ta
  tandis tant tel telle telles tels tes ton tous tout toute toutefois toutes tres trois trop tu un une va vers via vos votre
  vous vont y`,
);

/** Folded words so common in this press that sharing them proves little. */
export const GENERIC_WORDS = words(
  `ai annonce annoncer annonces artificielle artificielles cofondateur cofondatrice directeur directrice dirigeant dollar
  dollars entreprise entreprises euro euros europe europeen europeenne financement fondateur fonds france francais francaise
  francaises general generale generative groupe groupes ia industrie intelligence investissement investisseurs jeudi jeune
  jeunes leve lever levee levees lundi mardi md mde mdeur meur mercredi milliard milliards million millions modele modeles
  monde numerique paris patron pdg pousse president samedi societe societes start startup startups tech technologie
  technologies tour up usd vendredi dimanche eur`,
);

/** Folded words of titles that report talks and plans; verbs in the conditional are told by their ending. */
export const RUMOUR_WORDS =
  /^(?:discussions?|pourparlers|negoci\w+|rumeurs?|envisage(?:nt)?|(?!(?:por|re|ex|at|dis|abs|sous)?traits?$|\w*parait$)\w{2,}rai(?:t|ent))$/;
