/** Narrow screens and paper. */
export const mediaStyle = `
@media screen and (max-width:1060px){
.harbour{grid-template-columns:1fr}.zone{display:grid;grid-template-columns:auto 1fr;gap:0 var(--s3);align-items:baseline}
.zone+.zone{border-left:0;border-top:3px double var(--line-strong)}.zone .name{min-height:0;margin-bottom:var(--s2)}.zone svg,.zone .few,.zone .stay{grid-column:1/-1}
}
@media screen and (max-width:760px){
main,header.top,footer{padding-inline:var(--s4)}.card .cols,.two{grid-template-columns:minmax(0,1fr)}.card aside{border-left:0;border-top:1px solid var(--line)}
.card>header,.card .way,.card aside,.cmd{padding-inline:var(--s4)}.path li.stop{grid-template-columns:minmax(0,1fr)}header.top nav{margin-left:0}
.sum td:nth-child(3),.sum th:nth-child(3){display:none}.sum td:nth-child(2){white-space:normal}
dl.data{grid-template-columns:minmax(0,1fr);gap:0}dl.data dd{margin-bottom:var(--s2)}
.causes thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.causes,.causes tbody{display:block}
.causes tr.cause:not([hidden]){display:grid;grid-template-columns:auto auto 1fr auto;gap:0 var(--s3);padding:var(--s3) var(--s4);border-bottom:1px solid var(--line)}
.causes tr.cause td{display:block;border:0;padding:0;min-width:0;white-space:normal}
.causes tr.cause td:nth-child(1){order:1}.causes tr.cause td:nth-child(3){order:2}.causes tr.cause td:nth-child(4){order:3}.causes tr.cause td:nth-child(7){order:4}
.causes tr.cause td:nth-child(2){order:5;grid-column:1/-1;font-weight:600}.causes tr.cause td:nth-child(5){order:6;grid-column:1/-1}.causes tr.cause td:nth-child(6){order:7;grid-column:1/-1}
.causes tr.more:not([hidden]),.causes tr.more td{display:block}.causes tr.more td{padding:var(--s3) var(--s4)}
.table button.n{padding:.25rem .5rem}
}
@media print{
html{font-size:76%}main,header.top,footer{max-width:none;padding-inline:0}section{padding-block:var(--s3)}.verdict{padding-block:var(--s3)}
.sum,.harbour,tr,.card,#coverage{break-inside:avoid}h2,h3,section>.lead{break-after:avoid}
header.top nav,.filters,[data-copy],.skip{display:none!important}
.table button.n{color:inherit;text-decoration:none}a{text-decoration:none}.table{overflow:visible}.table th,.table td{padding:.3rem .5rem}.causes .what,.causes .where{min-width:0}
.card>header,.card .way,.card aside,.cmd{padding-inline:var(--s4)}.card .cols{grid-template-columns:minmax(0,1fr) 17rem}.path li.stop{grid-template-columns:minmax(0,17rem) minmax(0,1fr)}
.zone{padding:var(--s2)}
.dots,.path li::before,.path li::after,.few li::before{print-color-adjust:exact;-webkit-print-color-adjust:exact}@page{margin:14mm}
}
`;
