/** The look of the page of `vigie read --explain --html`, light or dark as the reader's system is. */
export const EXPLAIN_STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fdfcf9, #16181d); --ink: light-dark(#1d2129, #dfe2e8);
  --faint: light-dark(#6b7280, #949ba8); --line: light-dark(#e4e1d8, #2c3039);
  --panel: light-dark(#f6f4ee, #1c1f26); --claim: light-dark(#fff1b8, #453a12); --claim-line: light-dark(#d9a400, #c79a1d);
  --money: light-dark(#d3f2dc, #12402a); --money-ink: light-dark(#0b6b36, #7be0a5);
  --person: light-dark(#0e7490, #4cc3df); --company: light-dark(#1d4ed8, #86a9ff); --lab: light-dark(#9333ea, #cf9bff);
  --investor: light-dark(#b45309, #f2b36a); --government: light-dark(#be123c, #ff8aa3); --organization: light-dark(#4d7c0f, #a8d65c);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header, article, footer { max-width: 82rem; margin: 0 auto; padding: 1rem 1.5rem; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .35rem .75rem; border-bottom: 1px solid var(--line); }
header > span, small, footer, .none { color: var(--faint); }
.legend { margin-left: auto; display: flex; flex-wrap: wrap; gap: .35rem .9rem; font-size: .8rem; }
article { display: grid; grid-template-columns: minmax(0, 1fr) 24rem; gap: 3rem; padding-top: 2rem; }
article + article { border-top: 1px solid var(--line); }
.text { max-width: 44rem; font: 1.08rem/1.85 Charter, "Bitstream Charter", "Iowan Old Style", Georgia, serif; overflow-wrap: anywhere; }
.text h1 { font-size: 1.9rem; line-height: 1.35; margin: 0 0 1.5rem; text-wrap: balance; }
.text p { margin: 0 0 1.1em; }
aside { align-self: start; background: var(--panel); border: 1px solid var(--line); border-radius: .6rem; padding: .4rem 1.2rem 1rem; font-size: .88rem; overflow-wrap: anywhere; }
h2 { font-size: .78rem; letter-spacing: .08em; text-transform: uppercase; margin: 1.2rem 0 .4rem; padding-top: 1rem; border-top: 1px solid var(--line); }
aside > h2:first-child { border-top: 0; padding-top: 0; }
h3 { font-size: .82rem; font-weight: 600; color: var(--faint); margin: .7rem 0 .15rem; }
ul, ol { list-style: none; margin: 0; padding: 0; }
.actors li, aside > ul li { margin: .15rem 0; line-height: 1.4; }
.entries li { position: relative; margin: .6rem -.5rem; padding: .25rem .5rem .25rem 2.4rem; border-radius: .4rem; }
.entries .tag { position: absolute; left: .4rem; top: .35rem; margin: 0; }
.entries q, .entries small { display: block; line-height: 1.4; margin-top: .1rem; }
.entries q { font-family: Charter, "Bitstream Charter", Georgia, serif; quotes: "“" "”"; }
.actor { --kind: var(--organization); color: var(--kind); font-weight: 600; border-bottom: 2px solid color-mix(in srgb, var(--kind) 45%, transparent); }
.person { --kind: var(--person); } .company { --kind: var(--company); } .lab { --kind: var(--lab); }
.investor { --kind: var(--investor); } .government { --kind: var(--government); }
.unknown { border-bottom-style: dashed; font-weight: 500; }
.claim { background: var(--claim); padding: .1em 0; box-decoration-break: clone; -webkit-box-decoration-break: clone; border-radius: .2em; }
.claim.indirect { background: color-mix(in srgb, var(--claim) 45%, transparent); }
.claim.conditional { border-bottom: 2px dotted var(--claim-line); }
.claim.denied { text-decoration: underline wavy var(--government); text-underline-offset: .3em; }
.money { background: var(--money); color: var(--money-ink); font-weight: 700; padding: .1em .25em; border-radius: .3em; }
.money.rumoured, .money.planned { outline: 1px dashed var(--money-ink); outline-offset: -1px; }
/* Inline, so that a tag never stands alone in a line. */
.tag { margin: 0 .15em; padding: 0 .35em; font: 600 .66rem/1.5 system-ui, sans-serif; vertical-align: super; color: var(--faint); background: var(--panel); border: 1px solid var(--line); border-radius: .3em; text-decoration: none; }
.tag:hover { color: var(--ink); border-color: var(--faint); }
:target { outline: 2px solid var(--claim-line); outline-offset: 2px; scroll-margin: 4rem; }
footer { font-size: .8rem; padding-bottom: 3rem; }
@media (max-width: 62rem) { article { grid-template-columns: minmax(0, 1fr); gap: 1.5rem; } .legend { margin-left: 0; } }
@media print { article { display: block; } aside { break-inside: auto; margin-top: 2rem; } }
`;
