/** The page at `/`: where to go from here. */

/** One self-contained HTML page. */
export function frontPage(): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vigie</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='6' fill='%23b3401f'/%3E%3Ccircle cx='8' cy='8' r='2.5' fill='%23f6f4ee'/%3E%3C/svg%3E">
<style>
  :root { color-scheme: light dark; --ink: #10243a; --paper: #f6f4ee; --accent: #b3401f; --line: #d8d3c6; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e8e4da; --paper: #0f1b29; --accent: #ff8a5c; --line: #2a3b4f; } }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink);
         font: 17px/1.55 ui-serif, Georgia, serif; }
  main { max-width: 38rem; padding: 2rem; }
  h1 { font-size: 2.6rem; margin: 0; letter-spacing: -.02em; }
  p { margin: .6rem 0 1.6rem; }
  ul { list-style: none; padding: 0; margin: 0; border-top: 1px solid var(--line); }
  li { border-bottom: 1px solid var(--line); padding: .75rem 0; }
  a { color: var(--accent); font-weight: 600; text-decoration: none; }
  a:hover, a:focus { text-decoration: underline; }
  small { display: block; opacity: .75; }
</style>
</head>
<body>
<main>
  <h1>Vigie</h1>
  <p>The lookout of the French AI ecosystem: who is in the news, who said what, who raised how much.</p>
  <ul>
    <li><a href="/graphql">GraphiQL</a><small>Ask the graph; example queries and a live subscription stand ready in its tabs.</small></li>
    <li><a href="/health/ready">Health</a><small>What a load balancer asks.</small></li>
  </ul>
</main>
</body>
</html>
`;
}
