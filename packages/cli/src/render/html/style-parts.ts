/** Styles of the parts: funnel, cards, paths, tables. */
export const partsStyle = `
.harbour{display:grid;background:var(--surface);border:1px solid var(--line);border-radius:var(--r2);box-shadow:var(--lift);overflow:hidden}
.zone{padding:var(--s4);min-width:0;display:flex;flex-direction:column}
.zone+.zone{border-left:3px double var(--line-strong)}
.zone b{display:block;font-size:var(--text-xl);font-weight:650;line-height:1.1;font-variant-numeric:tabular-nums}
.zone .name{font-size:var(--text-s);color:var(--text-soft);margin-bottom:var(--s3);min-height:2.6em;line-height:1.3}
.zone svg{display:block;max-width:100%;height:auto}
.zone .stay{font-size:var(--text-s);line-height:1.4;margin-top:auto;padding-top:var(--s3)}
.zone.red b{color:var(--act)}
.few{font-size:var(--text-s);line-height:1.3}.few li{position:relative;padding:0 0 7px 14px}.few li::before{content:"";position:absolute;left:1px;top:.45em;width:6px;height:6px;border-radius:50%;background:var(--track)}.few.red li::before{background:var(--act)}
.few li{overflow-wrap:anywhere}
.dots{fill:none;stroke-linecap:round}
.dots.sea{stroke:var(--sea)}.dots.red{stroke:var(--act)}.dots.open{stroke:var(--unknown)}.dots.hole{stroke:var(--surface)}
.defect{margin-top:var(--s4)}
.sum{width:100%;border-collapse:collapse;font-size:var(--text-s);margin-top:var(--s4)}
th{font-weight:600;text-align:left;color:var(--text-faint)}
.sum td,.sum th{padding:.34rem var(--s3) .34rem 0;border-bottom:1px solid var(--line);vertical-align:baseline}
.sum td:first-child,.sum th:first-child,.sum td:nth-child(2){white-space:nowrap}
.sum .n{text-align:right;font-variant-numeric:tabular-nums;width:6.5em;padding-right:var(--s4)}
.sum td{overflow-wrap:anywhere}.sum .rest td{font-weight:650}
.card{background:var(--surface);border:1px solid var(--line);border-radius:var(--r2);box-shadow:var(--lift);margin-bottom:var(--s4);break-inside:avoid}
.card>header{padding:var(--s4) var(--s5) var(--s3);display:grid;grid-template-columns:1fr auto;gap:var(--s1) var(--s4)}
.card>header p{grid-column:1/-1;color:var(--text-soft);max-width:var(--measure)}
.card h3{font-size:1.0625rem}
.card .id{font-size:var(--text-s);color:var(--text-faint)}
.card .cols{display:grid;grid-template-columns:minmax(0,1fr) 330px;border-top:1px solid var(--line)}
.card .way{padding:var(--s4) var(--s5)}
.card aside{padding:var(--s4) var(--s5);border-left:1px solid var(--line)}
.card h4{margin:0 0 var(--s2);font-size:var(--text-s);font-weight:600;color:var(--text-faint)}
.card dl{display:grid;grid-template-columns:auto 1fr;gap:var(--s1) var(--s4);font-size:var(--text-s)}
.card dt{color:var(--text-faint)}
.nb{white-space:nowrap}
.card dd{min-width:0;overflow-wrap:anywhere}
.why{margin-bottom:var(--s4);font-size:var(--text-s);line-height:1.5}
.cmd{display:flex;align-items:center;gap:var(--s2);border-top:1px solid var(--line);padding:var(--s3) var(--s5);flex-wrap:wrap;font-size:var(--text-s)}
.cmd>code{overflow-wrap:anywhere;min-width:0;background:var(--sunken);border-radius:var(--r1);padding:.3rem .6rem;font-size:var(--text-s);user-select:all}
button{font:inherit;font-size:var(--text-s);color:var(--text);background:var(--surface);border:1px solid var(--line-strong);border-radius:var(--r1);padding:.25rem .6rem;cursor:pointer;transition:background var(--quick)}
button:hover{background:var(--sunken)}
.cmd .note{min-width:0;overflow-wrap:anywhere;color:var(--text-soft);flex:1 1 20em}
/* the path: a rail with one stop for each step, grouped by whose code it is */
.path{position:relative;font-size:var(--text-s)}
.path .whose,ul.also li>*{overflow-wrap:anywhere}.path .whose{font-size:var(--text-xs);color:var(--text-faint);padding:var(--s2) 0 2px 26px;position:relative}
.path .whose:first-child{padding-top:0}
.path li{position:relative;padding-left:26px}
.path li.stop{padding-block:3px;display:grid;grid-template-columns:minmax(0,19rem) minmax(0,1fr);gap:0 var(--s4);align-items:baseline}
.path li::before{content:"";position:absolute;left:7px;top:0;bottom:0;width:2px;background:var(--line-strong)}
.path li.whose::before{background:repeating-linear-gradient(var(--line-strong) 0 3px,transparent 3px 6px)}
.path li:first-child::before{display:none}
.path li.stop.first::before{top:calc(3px + .75em)}
.path li.stop.last::before{bottom:auto;height:calc(3px + .75em)}
.path li.stop::after{content:"";position:absolute;left:3px;top:calc(3px + .75em - 5px);width:10px;height:10px;border-radius:50%;background:var(--surface);border:2px solid var(--line-strong)}
.path li.stop.first::after{border-color:var(--link);background:var(--link)}
.path li.stop.last::after{border-color:var(--act);background:var(--act);border-radius:2px;transform:rotate(45deg)}
.path .at{color:var(--text-soft);font-family:var(--mono);font-size:.92em;overflow-wrap:anywhere}
.path .first code,.path .last code{font-weight:650}
.path li.stop.only::before,.path.places li::before{display:none}
.path code{overflow-wrap:anywhere}
h4.also{margin-top:var(--s4)}
ul.also{font-size:var(--text-s)}ul.also li{display:flex;gap:var(--s3);align-items:baseline;flex-wrap:wrap}
.filters{display:flex;gap:var(--s3);flex-wrap:wrap;align-items:center;margin-bottom:var(--s3);font-size:var(--text-s)}
.filters label{display:inline-flex;gap:var(--s2);align-items:center}
input,select{font:inherit;font-size:var(--text-s);color:var(--text);background:var(--surface);border:1px solid var(--line-strong);border-radius:var(--r1);padding:.3rem .5rem}
input[type=search]{width:17rem;max-width:100%}
.table{overflow-x:auto;background:var(--surface);border:1px solid var(--line);border-radius:var(--r2)}
.table table{width:100%;border-collapse:collapse;font-size:var(--text-s)}
.table th,.table td{padding:.5rem var(--s4);text-align:left;border-bottom:1px solid var(--line);vertical-align:baseline;overflow-wrap:break-word}
.table td:first-child,.causes td:nth-child(3),.causes .reach,.causes .n{white-space:nowrap}
.table tr:last-child td{border-bottom:0}
.table tbody tr:hover{background:var(--selected)}
.table .at{font-family:var(--mono);font-size:.92em;color:var(--text-soft)}
.causes .what{min-width:12rem}.causes .where{min-width:14rem;overflow-wrap:anywhere}.causes .what{overflow-wrap:anywhere}.causes .owner{min-width:10.5rem;overflow-wrap:anywhere}.cover td,.more td{overflow-wrap:anywhere}
.table th.n,.table td.n{text-align:right}
.table button.n{border:0;background:none;color:var(--link);text-decoration:underline;text-underline-offset:.18em;padding:0 2px;font-variant-numeric:tabular-nums}
.table tr.more td{background:var(--sunken);color:var(--text-soft);white-space:normal;padding-left:var(--s5)}
.more li{padding:.25rem 0}.more strong{color:var(--text)}.more .faint{white-space:nowrap}
code,.at,td,dd,h1,h3,.few li{unicode-bidi:isolate}
.two>.table{align-self:start}
.two{display:grid;grid-template-columns:1fr 1fr;gap:var(--s5)}
.cover td,.cover th{padding:.4rem var(--s4)}
.cover .how{color:var(--text-soft)}
dl.data{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:var(--s2) var(--s5);font-size:var(--text-s);margin-top:var(--s4)}
dl.data dt{color:var(--text-faint)}dl.data dd{overflow-wrap:anywhere}
footer{overflow-wrap:anywhere;padding-block:var(--s5) var(--s7);font-size:var(--text-s);color:var(--text-faint)}
`;
