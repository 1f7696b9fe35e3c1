// The look of the practice platform's page: light and dark by the reader's preference, contrast of
// at least 4.5 to 1 for all text.

export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f5f6f8; --card: #ffffff; --line: #d5d8de; --ink: #16181d; --soft: #535a68;
  --link: #0b57c2; --code: #eef0f4;
  --success: #0d6b3c; --success-ground: #ddf3e5;
  --error: #a8121f; --error-ground: #fde4e4;
  --warning: #7d4a00; --warning-ground: #fdeecb;
  --info: #0b57c2; --info-ground: #e1ecfd;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1115; --card: #181b21; --line: #343a46; --ink: #eceef2; --soft: #a6aebd;
    --link: #86b6ff; --code: #232832;
    --success: #7ddba3; --success-ground: #12341f;
    --error: #ff9d9d; --error-ground: #471318;
    --warning: #f4c56a; --warning-ground: #3d2b08;
    --info: #9cc4ff; --info-ground: #14294a;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif;
}
header { max-width: 76rem; margin: 0 auto; padding: 2rem 1.5rem 0.5rem; }
header p { max-width: 62ch; margin: 0.25rem 0 0; color: var(--soft); }
header strong { color: var(--ink); }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.2; }
h2 { margin: 0.1rem 0; font-size: 1.25rem; line-height: 1.3; }
h3 { margin: 0; padding: 0.6rem 1rem; font-size: 0.9rem; border-bottom: 1px solid var(--line); }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.columns {
  display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 2rem;
  max-width: 76rem; margin: 0 auto; padding: 1rem 1.5rem 4rem;
}
nav { position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow: auto; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav a {
  display: flex; gap: 0.6rem; align-items: baseline; padding: 0.45rem 0.6rem; border-radius: 6px;
  color: inherit; text-decoration: none;
}
nav a:hover { background: var(--card); text-decoration: underline; }
nav small { display: block; color: var(--soft); font-size: 0.8rem; }
.dot { flex: none; width: 0.65rem; height: 0.65rem; border-radius: 50%; background: currentColor; }
article {
  margin: 0 0 1.75rem; padding: 1.25rem 1.5rem 1rem; scroll-margin-top: 1rem;
  background: var(--card); border: 1px solid var(--line); border-radius: 10px;
}
.path, .meta { margin: 0; color: var(--soft); font-size: 0.875rem; }
.path strong { color: var(--ink); }
.stage { margin-top: 0.9rem; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.task { padding: 0.9rem 1rem 1rem; }
.taskline { margin: 0; display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: center; }
.status, .tag {
  display: inline-block; padding: 0.05rem 0.5rem; border-radius: 999px; font-size: 0.8rem;
  border: 1px solid currentColor; background: var(--code); color: var(--soft);
}
.status { font-weight: 600; }
.level { color: var(--soft); font-size: 0.875rem; }
.success { color: var(--success); } .status.success { background: var(--success-ground); }
.error { color: var(--error); } .status.error, .tag.error { color: var(--error); background: var(--error-ground); }
.warning { color: var(--warning); } .status.warning, .tag.warning { color: var(--warning); background: var(--warning-ground); }
.tag.info { color: var(--info); background: var(--info-ground); }
.tag .key::after { content: ':'; }
.message { margin: 0.6rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.outcomes { list-style: none; margin: 0.9rem 0 0; padding: 0; border-top: 1px solid var(--line); }
.outcomes > li { border-bottom: 1px solid var(--line); }
summary { padding: 0.6rem 0.25rem; cursor: pointer; overflow-wrap: anywhere; }
summary:hover .description { text-decoration: underline; }
.description { font-weight: 600; }
.id { color: var(--soft); font-size: 0.8rem; font-family: ui-monospace, monospace; }
.tags { display: flex; flex-wrap: wrap; gap: 0.35rem; margin: 0.35rem 0 0 1.1rem; }
.body { margin: 0 0 0.9rem 1.1rem; overflow-wrap: anywhere; }
.body > :first-child { margin-top: 0.2rem; }
.body p, .body ul, .body ol { margin: 0.45rem 0; }
.body h4, .body h5, .body h6 { margin: 0.9rem 0 0.3rem; font-size: 0.95rem; }
.body table { border-collapse: collapse; display: block; overflow-x: auto; font-size: 0.9rem; }
.body th, .body td { padding: 0.3rem 0.6rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
.body pre { padding: 0.7rem; overflow-x: auto; background: var(--code); border-radius: 6px; }
code { font: 0.875em ui-monospace, 'Liberation Mono', monospace; }
.body code { background: var(--code); padding: 0.05em 0.3em; border-radius: 4px; }
.body pre code { padding: 0; }
.consequence {
  margin: 0; padding: 0.6rem 1rem; border-top: 1px solid var(--line); color: var(--soft);
  font-size: 0.875rem; background: var(--ground);
}
@media (max-width: 50rem) {
  .columns { grid-template-columns: minmax(0, 1fr); padding: 1rem; gap: 1rem; }
  header { padding: 1.25rem 1rem 0; }
  nav { position: static; max-height: none; }
  article { padding: 1rem; }
}
@media print { nav { display: none; } .columns { display: block; } details > .body { display: block; } }
`
