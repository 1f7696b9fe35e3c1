// The look of the HTML report: system fonts, both colour schemes, one column, fit for paper.
export const HTML_STYLE = `
:root{color-scheme:light dark;--ink:#1a1d21;--soft:#565e68;--paper:#fff;--line:#d5dae0;--box:#f5f6f8;--hold:#8a4b00;--go:#17663a;--bad:#a51d24}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a4adb8;--paper:#14171a;--line:#363d45;--box:#1d2126;--hold:#ffb454;--go:#6fd69a;--bad:#ff8a8a}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:52rem;margin:0 auto;padding:1rem}
h1{font-size:1.4rem;margin:0 0 .5rem}
h2{font-size:1.05rem;margin:.2rem 0 .6rem;overflow-wrap:anywhere}
p,li,dd{overflow-wrap:anywhere}
header{border-left:.4rem solid;padding:.4rem 0 .4rem 1rem}
header.hold{border-color:var(--hold)}header.hold h1{color:var(--hold)}
header.release{border-color:var(--go)}header.release h1{color:var(--go)}
.reason{font-size:1.15rem;font-weight:600;margin:.2rem 0}
dl{display:grid;gap:.3rem;margin:1rem 0}
dl div{display:flex;flex-wrap:wrap;gap:0 .6rem}
dt{color:var(--soft);min-width:7rem}dd{margin:0}
section{border:1px solid var(--line);border-left-width:.4rem;border-radius:.4rem;padding:.8rem 1rem;margin:1rem 0;break-inside:avoid}
section.critical,section.high{border-left-color:var(--bad)}
section.medium{border-left-color:var(--hold)}
.mark,.rule,footer{color:var(--soft);font-size:.875rem;margin:.2rem 0}
.mark strong{text-transform:uppercase}
.critical .mark strong,.high .mark strong{color:var(--bad)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.3rem 0 .8rem}
th,td{border:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead th{background:var(--box)}tbody th{font-weight:400}
code{font-family:ui-monospace,monospace;font-size:.9em;overflow-wrap:anywhere}
em{color:var(--bad)}
@media print{main{max-width:none}details>*{display:block}}
`
