// The look of the HTML report: system fonts, both colour schemes, one column, fit for paper.
// Colours of text keep a contrast of 4.5 to 1 on every ground they stand on, in both schemes.
export const HTML_STYLE = `
:root{color-scheme:light dark;--ink:#1a1d21;--soft:#525a64;--paper:#fff;--card:#fff;--line:#d5dae0;--box:#f3f5f7;--hold:#8a4b00;--holdbox:#fff6e8;--go:#17663a;--gobox:#ecf8f0;--bad:#a51d24;--badbox:#fdeeee;--mid:#8a4b00;--old:#fdeeee;--oldmark:#f7c9c9;--new:#ecf8f0;--newmark:#bfe8cd;--link:#1f4f9e}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a9b2bd;--paper:#121518;--card:#181c20;--line:#363d45;--box:#20252b;--hold:#ffb454;--holdbox:#2a2113;--go:#6fd69a;--gobox:#13261b;--bad:#ff9a9a;--badbox:#2d1718;--mid:#ffb454;--old:#2d1718;--oldmark:#6b2528;--new:#13261b;--newmark:#1f5a38;--link:#9cc2ff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
main{max-width:56rem;margin:0 auto;padding:1rem}
h1,h2,h3,h4,p,li,dd,dt,summary{overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .4rem}
h2{font-size:1.2rem;margin:2rem 0 .6rem}
section.card>h2{margin-top:0}
h3{font-size:1.05rem;margin:.2rem 0 .6rem;font-weight:600}
h4{font-size:.875rem;margin:0 0 .3rem;color:var(--soft)}
a{color:var(--link)}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.9em;overflow-wrap:anywhere;unicode-bidi:isolate}
ul{padding-left:1.2rem;margin:.4rem 0}
header{border:1px solid;border-left-width:.5rem;border-radius:.5rem;padding:.9rem 1rem}
header.hold{border-color:var(--hold);background:var(--holdbox)}header.hold h1{color:var(--hold)}
header.release{border-color:var(--go);background:var(--gobox)}header.release h1{color:var(--go)}
.reason{font-size:1.1rem;font-weight:600;margin:.2rem 0}
.facts{display:grid;gap:.3rem 1rem;margin:1rem 0}
.facts div{display:flex;flex-wrap:wrap;gap:0 .6rem}
dt{color:var(--soft);min-width:8.5rem}dd code{font-size:.8rem}
dd{margin:0;flex:1 1 12rem;min-width:0}
.card{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.9rem 1rem;margin:.8rem 0}
.counts{display:flex;flex-wrap:wrap;gap:.4rem;list-style:none;padding:0;margin:.2rem 0}
.counts li{background:var(--box);border:1px solid var(--line);border-radius:1rem;padding:.05rem .7rem;font-size:.9rem}
.counts strong{font-variant-numeric:tabular-nums}
.meter{display:block;width:100%;height:1.6rem;margin:.4rem 0}
.meter .track{fill:var(--box);stroke:var(--line)}
.meter .none,.meter .low{fill:var(--go)}.meter .medium{fill:var(--mid)}.meter .high,.meter .critical{fill:var(--bad)}
.meter line{stroke:var(--line)}
.steps{font-size:.9rem;color:var(--soft)}
.list{list-style:none;padding:0}
.list li{border-top:1px solid var(--line);padding:.35rem 0;display:flex;gap:.6rem;align-items:baseline}
.list li:first-child{border-top:0}
.chip{flex:none;display:inline-block;font-size:.75rem;font-weight:700;text-transform:uppercase;letter-spacing:.03em;border:1px solid currentColor;border-radius:.3rem;padding:0 .4rem;color:var(--soft)}
.chip.critical,.chip.high{color:var(--bad)}.chip.medium{color:var(--mid)}
.finding{border-left-width:.4rem}
.finding.critical,.finding.high{border-left-color:var(--bad)}.finding.medium{border-left-color:var(--mid)}
.mark,.rule,footer{color:var(--soft);font-size:.875rem;margin:.2rem 0}
.diff{border:1px solid var(--line);border-radius:.4rem;margin:.5rem 0;overflow:hidden;break-inside:avoid}
.diff p{margin:0;padding:.3rem .6rem;background:var(--box);font-size:.9rem}
.sides{display:grid;grid-template-columns:1fr}
.sides>div{padding:.35rem .6rem;min-width:0}
.sides .old{background:var(--old)}.sides .new{background:var(--new)}
.side{display:block;font-size:.75rem;color:var(--soft)}
del,ins{text-decoration:none;border-radius:.2rem;color:inherit}
del{background:var(--oldmark)}ins{background:var(--newmark)}
em{color:var(--bad);font-style:normal;font-weight:600}
.notes{font-size:.9rem}
.advice{margin:.6rem 0;display:grid;gap:.4rem}
.advice dt{font-size:.875rem}
.advice dd{margin:0}
.undo{background:var(--box);border-radius:.4rem;padding:.6rem .8rem;margin:.6rem 0}
.undo .advice{margin:0}
.graph{display:block;width:100%;max-width:30rem;height:auto;font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
.graph rect{fill:var(--box);stroke:var(--line)}
.graph .root rect{fill:var(--badbox);stroke:var(--bad)}
.graph text{fill:var(--ink)}.graph .module{fill:var(--soft);font-size:11px}
.graph path{fill:none;stroke:var(--soft);stroke-width:1.5}
.graphs{display:grid;gap:.8rem;align-items:start;grid-template-columns:1fr}
.graphs figure{margin:0;min-width:0}
summary{cursor:pointer;color:var(--link)}
details>summary h3{display:inline}
details.finding>summary{color:var(--ink)}
ul.clear{padding-left:2.2rem}
.clear li::marker{content:"\\2713\\00a0";color:var(--go)}
footer{margin-top:2rem;border-top:1px solid var(--line);padding-top:.8rem}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
@media (min-width:44rem){.sides{grid-template-columns:1fr 1fr}.advice div{display:grid;grid-template-columns:9rem 1fr;gap:.6rem}.graphs{grid-template-columns:1fr 1fr}}
@media print{:root{color-scheme:light}main{max-width:none;padding:0}body{font-size:11pt}.card{break-inside:auto}h2,h3{break-after:avoid}details::details-content{content-visibility:visible;height:auto}a{color:inherit;text-decoration:none}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`
