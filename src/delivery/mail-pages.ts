/** The pages behind the links in mails. Looking at one changes nothing, because mail programs look ahead; its button does. */

import { escapeHtml } from '#text/html.ts';
import type { Language } from './channel.ts';
import type { MailAction } from './channel-secret.ts';
import { oneLine } from './words.ts';

interface PageWords {
  readonly title: string;
  readonly text: (watch: string, address: string) => string;
}

const WORDS: Readonly<
  Record<
    Language,
    {
      readonly ask: Readonly<Record<MailAction, PageWords & { readonly button: string }>>;
      readonly done: Readonly<Record<MailAction, PageWords>>;
      readonly gone: PageWords;
    }
  >
> = {
  FR: {
    ask: {
      confirm: {
        title: 'Confirmer l’abonnement',
        text: (watch, address) => `Les alertes de «\u00a0${watch}\u00a0» seront envoyées à ${address}.`,
        button: 'Confirmer',
      },
      unsubscribe: {
        title: 'Se désabonner',
        text: (watch, address) =>
          `Plus aucune alerte de «\u00a0${watch}\u00a0» ne sera envoyée à ${address}.`,
        button: 'Se désabonner',
      },
    },
    done: {
      confirm: {
        title: 'C’est confirmé',
        text: (watch, address) => `Les alertes de «\u00a0${watch}\u00a0» arriveront à ${address}.`,
      },
      unsubscribe: {
        title: 'C’est fait',
        text: (watch, address) => `Plus rien de «\u00a0${watch}\u00a0» ne sera envoyé à ${address}.`,
      },
    },
    gone: {
      title: 'Lien périmé',
      text: () => 'Ce lien n’est plus valable, ou n’est pas complet. Il n’y a rien d’autre à faire.',
    },
  },
  EN: {
    ask: {
      confirm: {
        title: 'Confirm the subscription',
        text: (watch, address) => `The alerts of “${watch}” will be sent to ${address}.`,
        button: 'Confirm',
      },
      unsubscribe: {
        title: 'Unsubscribe',
        text: (watch, address) => `No more alerts of “${watch}” will be sent to ${address}.`,
        button: 'Unsubscribe',
      },
    },
    done: {
      confirm: {
        title: 'Confirmed',
        text: (watch, address) => `The alerts of “${watch}” will come to ${address}.`,
      },
      unsubscribe: {
        title: 'Done',
        text: (watch, address) => `Nothing more of “${watch}” will be sent to ${address}.`,
      },
    },
    gone: {
      title: 'An old link',
      text: () => 'This link is no longer good, or not complete. There is nothing else to do.',
    },
  },
};

function page(language: Language, title: string, text: string, form: string): string {
  return `<!doctype html>
<html lang="${language === 'FR' ? 'fr' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · Vigie</title>
<style>
  :root { color-scheme: light dark; --ink: #10243a; --paper: #f6f4ee; --accent: #b3401f; --on-accent: #fff; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e8e4da; --paper: #0f1b29; --accent: #ff8a5c; --on-accent: #0f1b29; } }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink);
         font: 18px/1.55 ui-serif, Georgia, serif; }
  main { max-width: 34rem; padding: 2rem; overflow-wrap: anywhere; }
  h1 { font-size: 2.1rem; line-height: 1.2; margin: 0 0 .8rem; }
  button { margin-top: .8rem; padding: .8rem 1.5rem; border: 0; border-radius: 6px; background: var(--accent);
           color: var(--on-accent); font: 600 1rem system-ui, sans-serif; cursor: pointer; }
</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>
${form}</main>
</body>
</html>
`;
}

/** Who is asked about what. */
interface Asked {
  readonly language: Language;
  readonly watch: string;
  readonly address: string;
}

/** Asks whether it is meant; the button posts to the address of the page itself. */
export function askPage(action: MailAction, { language, watch, address }: Asked): string {
  const { title, text, button } = WORDS[language].ask[action];
  const form = `<form method="post"><button>${escapeHtml(button)}</button></form>\n`;
  return page(language, title, text(oneLine(watch, 100), address), form);
}

/** Says that it is done. */
export function donePage(action: MailAction, { language, watch, address }: Asked): string {
  const { title, text } = WORDS[language].done[action];
  return page(language, title, text(oneLine(watch, 100), address), '');
}

/** For a link that leads nowhere (any more). */
export function gonePage(language: Language): string {
  const { title, text } = WORDS[language].gone;
  return page(language, title, text('', ''), '');
}
