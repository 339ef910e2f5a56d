/**
 * Names that are no actors: products and models, events, laws and plans, outlets, awards, periods. An article names them in
 * capitals like actors; the finder must know them to leave them out.
 */

/** What a name that is no actor names. */
export type NonActorSort = 'PRODUCT' | 'EVENT' | 'LAW' | 'OUTLET' | 'FIGURE' | 'OTHER';

function names(text: string): readonly string[] {
  return text.split('|').map((name) => name.trim());
}

/** Names of one word or several, by sort. A longer name of an actor wins over a shorter one here, and the reverse. */
export const NON_ACTORS: Readonly<Record<NonActorSort, readonly string[]>> = {
  PRODUCT: names(
    `ChatGPT | Jean Zay | Jean-Zay | Chat GPT | ChatGPT Plus | ChatGPT Enterprise | ChatGPT4 | GPT | GPT-2 | GPT-3 | GPT-3.5 | GPT-4 |
    GPT-4o | GPT-5 | GPT Store | o1 | o3 | DALL-E | Dall-E | Sora | Codex | Whisper | Operator | Deep Research |
    Le Chat | Le Chat Pro | Le Chat Enterprise | Mixtral | Mixtral 8x7B | Mistral 7B | Mistral Large | Mistral Small |
    Mistral Medium | Mistral NeMo | Mistral OCR | Mistral Compute | Mistral Code | Mistral Agents | Codestral |
    Magistral | Devstral | Voxtral | Pixtral | Ministral | Mathstral | Moshi | Mimi | Hibiki | Unmute | Helium |
    Pocket TTS | Gemini | Gemini Pro | Gemini Ultra | Gemini Live | Bard | PaLM | PaLM 2 | LaMDA | Gemma | AlphaGo |
    AlphaFold | AlphaZero | AlphaStar | AlphaCode | AlphaProof | BERT | Imagen | Veo | NotebookLM | Android | Chrome |
    Gmail | Google Maps | Google Search | Google Play | Google Docs | Google Home | Google Assistant |
    Google Traduction | Google Translate | Google Scholar | Google Bard | Google Gemini | Pixel | Google Pixel |
    Claude | Claude 2 | Claude 3 | Claude Code | Claude Opus | Claude Sonnet | Sonnet | Opus | Haiku | Llama | LLaMA |
    Llama 2 | Llama 3 | Llama 4 | Code Llama | WhatsApp | Messenger | Threads | Oculus | Ray-Ban Meta | Copilot |
    Microsoft Copilot | GitHub Copilot | Bing | Bing Chat | Azure | Microsoft Azure | Windows | Office | Office 365 |
    Microsoft 365 | Microsoft Office | Excel | Word | PowerPoint | Outlook | Teams | Microsoft Teams | Xbox | Phi |
    Phi-2 | Phi-3 | Siri | iPhone | iPad | iOS | Mac | MacBook | App Store | Apple Store | Apple Intelligence |
    Apple Watch | Vision Pro | Alexa | Echo | Kindle | Amazon Prime | Prime Video | Amazon Bedrock | Bedrock |
    SageMaker | Trainium | Inferentia | Grok | Starlink | Autopilot | Cybertruck | Model 3 | Optimus |
    Stable Diffusion | Midjourney v5 | Firefly | Photoshop | Falcon | Falcon 40B | BLOOM | Bloom | BigScience |
    StarCoder | HuggingChat | Transformers | Transformer | TensorFlow | PyTorch | Keras | JAX | scikit-learn |
    Scikit-learn | Python | Java | JavaScript | Rust | CUDA | Linux | Kubernetes | Docker | Ernie | Ernie Bot | Qwen |
    Qwen2 | Tongyi | DeepSeek R1 | DeepSeek-R1 | DeepSeek V3 | DeepSeek-V3 | Kimi | Kimi K2 | Doubao | Hunyuan | Yi |
    WeChat | Douyin | Manus | Poro | Viking | EuroLLM | OpenEuroLLM | Albert | Albert API | Lucie | Paradigm |
    Runner H | Surfer H | Tester H | H100 | H200 | A100 | B200 | GB200 | Blackwell | Hopper | Grace Hopper | Rubin |
    Jetson | DGX | Joliot-Curie | Adastra | Leonardo supercomputer | Jupiter supercalculateur | El Capitan |
    Alice Recoque | Nabu | HistoPLUS | H-optimus | H-optimus-0 | Copilot+ | JEPA | V-JEPA | I-JEPA | Galactica | Tay |
    Watson | IBM Watson | Deep Blue | Eliza | Spot | Atlas | Pepper | Nao | Mirokaï | Mirokai | Miroki | Calvin |
    Parcoursup | Mon espace santé | FranceConnect | Health Data Hub platform | LLM | LLMs | GPU | GPUs | CPU | TPU |
    API | APIs | RAG | AGI | NLP | OCR | IoT | SaaS | B2B | B2C | Web | Internet | Wi-Fi | Bluetooth | Bitcoin |
    Ethereum | Open Source | Open source | Big Data | Big data | Deep Learning | Machine Learning | Smart City |
    Web3 | NFT | 5G | 4G | 6G | HTML | SQL | PDF | VR | AR | Rafale | Leclerc tank | Ariane 6 | Galileo | Copernicus |
    ZOE | Waze | Pokémon | Fortnite | Minecraft | Candy Crush | Discord server | Stockfish | Wikipédia | Wikipedia |
    Arxiv | arXiv | GitHub repo | Google Drive | Google Meet | Zoom call | Vibe | Mistral Vibe | Forge |
    Mistral Forge | Gems | Canvas | Atlas browser | Comet | BioNeMo | Omniverse | Cosmos | Nemotron | Aurora |
    GraphCast | Pangu | Pangu-Weather | Common Crawl | ImageNet | Chatbot Arena | LMArena | MMLU | Hub | Spaces |
    AutoTrain | Vertex AI | CarPlay | Android Auto | LeRobot | Reachy | Reachy Mini | Cursor | Lovable app | Devin`,
  ),
  EVENT: names(
    `VivaTech | Vivatech | Viva Technology | Viva Tech | ai-PULSE | AI Pulse | AI-Pulse | CES | CES de Las Vegas |
    Choose France | Web Summit | World AI Cannes Festival | WAICF | AI for Good | Sommet pour l’action sur l’IA |
    Sommet pour l’action sur l’intelligence artificielle | AI Action Summit | AI Safety Summit | AI Impact Summit |
    Sommet | Forum de Davos | Forum économique mondial | World Economic Forum | G7 | G20 | COP28 | COP29 | COP30 |
    NeurIPS | ICML | ICLR | CVPR | GTC | Google I/O | WWDC | Build | Ignite | re:Invent | Black Friday |
    Big Data & AI Paris | Big Data AI Paris | AI Paris | France Digitale Day | FDDay | Tech for Good |
    Scale-Up Europe | Jeux olympiques | Jeux Olympiques | JO | JO 2024 | Noël | Pâques | Salon du Bourget |
    Eurosatory | Nuit du Hack | FIC | Forum InCyber | Assises de la sécurité | Adopt AI | RAISE Summit |
    Raise Summit | dotAI | Paris AI Week | French Tech Days | Bpifrance Inno Génération | BIG |
    Journées du patrimoine | Rencontres économiques | Fête de la science | Salon de l’agriculture |
    Mondial de l’auto | MWC | Mobile World Congress | SXSW | Slush | Nobel | prix Nobel | prix Turing | Turing |
    médaille Fields | Fields | Première Guerre mondiale | Seconde Guerre mondiale | Guerre froide | Covid | Covid-19 |
    Brexit | Oscars | Grammy Awards | Moyen Âge | Renaissance`,
  ),
  LAW: names(
    `AI Act | IA Act | règlement IA | RIA | RGPD | GDPR | DSA | DMA | DGA européen | Digital Services Act |
    Digital Markets Act | Data Act | Data Governance Act | Chips Act | Chips Act européen | Cloud Act | CLOUD Act |
    Patriot Act | Inflation Reduction Act | IRA | NIS2 | NIS 2 | DORA | Cyber Resilience Act | Digital Omnibus |
    Omnibus | Code du travail | Code pénal | Code de la propriété intellectuelle | Constitution | loi Sapin | CIR |
    Crédit impôt recherche | CII | PIA | PIA4 | Horizon Europe | Horizon 2020 | Digital Europe | InvestEU |
    NextGenerationEU | Next Generation EU | IPCEI | Osez l’IA | Plan Osez l’IA | IA Cluster | IA-Cluster |
    Cluster IA | Clusters IA | AI Continent | Stratégie nationale pour l’IA | Stratégie nationale | Plan de relance |
    French Tech 2030 | French Tech 120 | Next40 | Next 40 | French Tech Next40/120 | Tibi | initiative Tibi |
    SecNumCloud | Green Deal | Pacte vert | CAC 40 | CAC40 | SBF 120 | Nasdaq | Euronext | Euronext Growth |
    Euronext Paris | Dow Jones | S&P 500 | TVA | ISF | BSPCE | IPO | LBO | SPAC | OPA | ESG | RSE | R&D | RH | ETP |
    CDI | CDD | PIB | BAC | PSE | PV`,
  ),
  OUTLET: names(
    `20 Minutes | Le Monde | Le Figaro | Libération | Les Echos | Les Échos | Les Echos Start | La Tribune | Le Parisien |
    L’Opinion | L’Express | Le Point | L’Obs | Le Nouvel Obs | Marianne | Mediapart | La Croix | L’Humanité |
    Ouest-France | Sud Ouest | La Voix du Nord | La Dépêche | La Dépêche du Midi | Le Progrès | Nice-Matin |
    La Provence | Challenges | Capital.fr | Alternatives économiques | L’Usine nouvelle | L’Usine Nouvelle |
    Usine Nouvelle | L’Usine Digitale | Usine Digitale | Maddyness | FrenchWeb | Frenchweb | FRENCHWEB.FR | Numerama |
    Clubic | Next INpact | Next | ZDNet | ZDNET | 01net | 01Net | Le Journal du Net | JDN | Journal du Net |
    Siècle Digital | Presse-citron | Presse-Citron | Journal du Geek | Frandroid | Les Numériques | Actu IA | ActuIA |
    L’ADN | Influencia | INfluencia | CFNews | CFNEWS | Sifted | TechCrunch | The Verge | Wired | Bloomberg |
    Reuters | Financial Times | The Financial Times | FT | Wall Street Journal | The Wall Street Journal | WSJ |
    New York Times | The New York Times | NYT | Washington Post | The Guardian | Guardian | The Economist |
    The Information | Forbes | Fortune | Business Insider | CNBC | CNN | BBC | Politico | Axios | Euractiv |
    Contexte | La Lettre | La Lettre A | Handelsblatt | Der Spiegel | Nikkei | South China Morning Post | AFP |
    Agence France-Presse | AP | Associated Press | France Inter | FranceInter | France Info | Franceinfo |
    franceinfo | France Culture | France 2 | France 3 | France 24 | France Télévisions | Radio France | RFI | RTL |
    Europe 1 | RMC | BFM | BFM TV | BFMTV | BFM Business | CNews | LCI | TF1 | M6 | Arte | Canal+ | Public Sénat |
    LCP | TV5 Monde | Slate | The Conversation | HuffPost | Le HuffPost | Konbini | Brut | Vanity Fair | Paris Match |
    Télérama | Nature | Science | Nature Medicine | The Lancet | Techno-Science | Pour la Science |
    Sciences et Avenir | Futura | Futura Sciences | L’Étudiant | L’Etudiant | Acteurs publics | AEF | AEF info |
    Le Café du Geek | IT for Business | Le Monde Informatique | LMI | Silicon.fr | ChannelNews | Alliancy |
    Décideurs | L’Agefi | L’AGEFI | Agefi | Option Finance | Boursorama | Zonebourse | Investir | Le Revenu | Mind |
    Mind Media | Stratégies | CB News | Yabiladi | Le Temps | La Presse | Le Devoir | L’Echo | Le Soir |
    La Libre Belgique | Getty Images | Sipa | Shutterstock | iStock | Unsplash | Pexels | DR | Google News |
    Google Actualités | Editor’s Digest | Creative Commons | Le Grand Continent | Le Canard enchaîné | L’Informé |
    Charlie Hebdo | Valeurs actuelles | Sud Radio | Radio Classique | Quotidien | C à vous | C dans l’air | Tech&Co`,
  ),
  // People of the past and of fiction: examples, street names, never participants.
  FIGURE: names(
    `Victor Hugo | Molière | Jean de La Fontaine | Voltaire | Diderot | Jean-Jacques Rousseau | Montesquieu | Balzac |
    Honoré de Balzac | Gustave Flaubert | Émile Zola | Marcel Proust | Albert Camus | Jean-Paul Sartre |
    Simone de Beauvoir | Antoine de Saint-Exupéry | Jules Verne | Charles Baudelaire | Arthur Rimbaud |
    Paul Verlaine | Alexandre Dumas | George Sand | Frédéric Mistral | Alphonse Daudet | William Shakespeare |
    Shakespeare | George Orwell | Isaac Asimov | Philip K. Dick | Aldous Huxley | Mary Shelley | Frankenstein |
    Pinocchio | Harry Potter | Sherlock Holmes | Terminator | Dark Vador | Tintin | Astérix | Napoléon |
    Napoléon Bonaparte | Jules César | Jeanne d’Arc | Louis XIV | Marie-Antoinette | Charles de Gaulle |
    Général de Gaulle | Georges Pompidou | François Mitterrand | Valéry Giscard d’Estaing | Jacques Chirac |
    Winston Churchill | John F. Kennedy | Albert Einstein | Einstein | Isaac Newton | Newton | Galilée | Copernic |
    Charles Darwin | Sigmund Freud | Karl Marx | Alan Turing | Ada Lovelace | Charles Babbage | John von Neumann |
    Claude Shannon | Norbert Wiener | Marvin Minsky | John McCarthy | Joseph Weizenbaum | Blaise Pascal |
    René Descartes | Descartes | Pierre de Fermat | Évariste Galois | Henri Poincaré | Poincaré | Louis Pasteur |
    Marie Curie | Pierre Curie | François Arago | Thalès de Milet | théorème de Thalès | Lara Croft | Mario | Pikachu | Batman | Superman | Spider-Man | James Bond | Robin des Bois | Robin Hood | Père Noël | Big Brother | HAL 9000 | Skynet | Blade Runner | Black Mirror | Matrix | Star Wars | Star Trek | Iron Man | Aristote | Platon | Socrate | Confucius |
    Thomas Bayes | Joseph Fourier | Pierre-Simon de Laplace | Léonard de Vinci | Michel-Ange | Rembrandt |
    Vincent Van Gogh | Van Gogh | Claude Monet | Pablo Picasso | Picasso | Mozart | Beethoven |
    Johann Sebastian Bach | Garry Kasparov | Lee Sedol | Joseph Schumpeter | Schumpeter | John Maynard Keynes |
    Keynes | Adam Smith | Max Weber | Hannah Arendt | Michel Foucault | Gilles Deleuze | Jacques Ellul |
    Johannes Gutenberg | Gutenberg | Thomas Edison | Nikola Tesla | Auguste et Louis Lumière | Gustave Eiffel |
    Gordon Moore | Homère | Ulysse | Prométhée | Pandore | Icare | Cassandre`,
  ),
  OTHER: names(
    `IA | AI | I.A. | A.I. | IAs | IA générative | GAFA | GAFAM | GAFAMs | BATX | MAGMA | NATU | Big Tech |
    Big Pharma | Tech | FoodTech | FinTech | HealthTech | LegalTech | DeepTech | Deeptech | MedTech | EdTech |
    GreenTech | AssurTech | Insurtech | AgriTech | Nouveau Monde | PDG | DG | CEO | CTO | COO | CFO | CSO | CPO |
    DSI | DRH | VC | VCs | LP | BA | Business Angels | Business angels | Managing Partner | Chief Executive Officer |
    Chief Technology Officer | Head of | General Partner | Venture Capital | Private Equity | PME | ETI | TPE | ESN |
    ONG | CHU | SA | SAS | TGV | ONU charte | MWh | GW | MW | TWh | km | Md | Mds | Md€ | M€ | K€ | Photo | Crédit |
    Crédits | Actu | Data | Data / IA | Actualité | Actualités | Dossier | Vidéo | Podcast | Newsletter | Tribune |
    Interview | Entretien | Portrait | Enquête | Analyse | Édito | Opinion | Chronique | Exclusif | EXCLUSIF |
    Lire aussi | Lire aussiCe | A lire aussi | Voir aussi | Partager | Panier | Share | Signaler | Commentaires |
    Start-up | Startup | Startups | Start-ups | Série A | Série B | Série C | Série D | Serie A | Serie B | Series A |
    Series B | Seed | Pre-seed | French | French Tech | La French Tech | Campus IA | Campus IA de Fouju | Frenchies | Made in France | Ve République |
    Premier ministre | Première ministre | Monsieur | Madame | Union | Dieu | Docteur | Master | Bac | Licence | MBA |
    PhD | SMS | VO | DJ | ADN | ARN | IRM | QR | CV | QCM | Q&A | FAQ | OK | UN | HI | Top | ok`,
  ),
};

/** Nouns that announce a product rather than an actor: "le *modèle* Mixtral", "son *assistant* Le Chat". */
export const PRODUCT_HEADS: ReadonlySet<string> = new Set(
  `modele modeles assistant assistants chatbot chatbots robot robots logiciel logiciels application applications appli app
  outil outils produit produits service supercalculateur supercalculateurs puce puces processeur gpu agent agents algorithme
  langage langages framework bibliotheque moteur navigateur version versions gamme jeu jeux film serie roman livre album
  chanson titre morceau tube disque poeme programme programmes projet projets plan fusee satellite avion navire batiment
  porte-helicopteres fregate missile missiles classe char voiture telephone smartphone casque telescope
  exosquelette humanoide capteur carte console site protocole norme label prix methode architecture technologie technique
  technologies solution solutions systeme api sdk interface extension plugin fonction fonctionnalite formule abonnement
  medicament molecule vaccin reseau-social`.split(/\s+/),
);

/** Nouns that announce an event, a place or a publication. */
export const OTHER_HEADS: ReadonlySet<string> = new Set(
  `salon salons sommet sommets conference conferences forum festival evenement rendez-vous colloque congres seminaire journee
  edition edition-2025 rue avenue boulevard quai ville lycee gymnase maternelle primaire elementaire crypte stele statue region departement commune quartier gare aeroport campus plateau
  vallee mont lac ile fleuve golfe cap port tour palais chateau musee theatre journal quotidien quotidiens hebdomadaire magazine
  mensuel media revue radio chaine antenne newsletter podcast loi reglement directive decret code traite rapport etude article
  barometre classement indice concours trophee bourse affaire proces accord guerre operation mission programme-europeen
  arrondissement canton massif village clinique hopital mairie maire maires habitants habitant usine usines friche portes plaine foret
  cote riviere stade prison technopole agglomeration environs bords rives riverains habitantes faubourg centre-ville ecoquartier`.split(
    /\s+/,
  ),
);

/** Months, days and other capitalised time words, folded. */
export const TIME_WORDS: ReadonlySet<string> = new Set(
  `janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi
  samedi dimanche january february march april may june july august september october november december monday tuesday
  wednesday thursday friday saturday sunday hier demain aujourd hui matin soir t1 t2 t3 t4 q1 q2 q3 q4 h1 h2 s1 s2`.split(
    /\s+/,
  ),
);
