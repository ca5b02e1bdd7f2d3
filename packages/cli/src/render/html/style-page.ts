/** Styles of the page: type, links, header, verdict, sections. */
export const pageStyle = `
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:var(--text-m)/var(--leading) var(--sans);-webkit-text-size-adjust:100%}
main,header.top,footer{max-width:1120px;margin-inline:auto;padding-inline:var(--s5)}
p{text-wrap:pretty}
h1,h2,h3,p,dd,li,header.top span{overflow-wrap:anywhere;min-width:0}
h1,h2,h3,p,ol,ul,dl,dd,figure,pre{margin:0;padding:0}
ol,ul{list-style:none}
h1{font-size:var(--text-xl);line-height:var(--leading-tight);font-weight:650;letter-spacing:-.01em;text-wrap:balance}
h2{font-size:var(--text-l);font-weight:650;line-height:var(--leading-tight)}
h3{font-size:var(--text-m);font-weight:650;line-height:1.35}
a{color:var(--link);text-underline-offset:.18em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:var(--r1)}
code,.mono,pre{font-family:var(--mono);font-size:.92em}
.num{font-variant-numeric:tabular-nums}
.symbols{position:absolute}
.soft{color:var(--text-soft)}.faint{color:var(--text-faint);font-size:var(--text-s)}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-999px}.skip:focus{left:var(--s4);top:var(--s2);background:var(--surface);padding:var(--s2) var(--s3);z-index:9}
svg.i{width:1em;height:1em;flex:none;vertical-align:-.125em;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.act{color:var(--act)}.attend{color:var(--attend)}.track{color:var(--track)}.ok{color:var(--ok)}.unknown{color:var(--unknown)}
.tag{display:inline-flex;align-items:baseline;gap:.35em;font-size:var(--text-s);font-weight:600;white-space:nowrap}
header.top{display:flex;gap:var(--s4);align-items:center;padding-block:var(--s4);font-size:var(--text-s);color:var(--text-soft);flex-wrap:wrap}
.brand{display:flex;gap:var(--s2);align-items:center;font-weight:650;color:var(--text)}
.brand svg{width:20px;height:20px}
header.top nav{margin-left:auto;display:flex;gap:var(--s4);flex-wrap:wrap}
header.top nav a{color:var(--text-soft)}
.verdict{padding-block:var(--s5) var(--s6)}
.verdict .tag{font-size:var(--text-m);margin-bottom:var(--s2)}
.verdict p{max-width:var(--measure);margin-top:var(--s2);color:var(--text-soft)}
.facts{display:flex;flex-wrap:wrap;gap:var(--s1) var(--s5);margin-top:var(--s4);font-size:var(--text-s)}
.facts div{display:flex;gap:.5em}.facts dt{color:var(--text-faint)}
section{padding-block:var(--s5)}
section>h2{margin-bottom:var(--s2)}
section>.lead{max-width:var(--measure);color:var(--text-soft);margin-bottom:var(--s4)}
`;
