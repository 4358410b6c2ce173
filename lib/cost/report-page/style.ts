/** The page's looks. Fonts are the reader's own; nothing is loaded. */
import type { Provider } from '../component.ts';
import { colours, ink } from './colours.ts';
import { Html } from './html.ts';

const clouds = Object.entries(colours)
  .map(([provider, colour]) => `.${provider satisfies string as Provider}{--own:${colour}}`)
  .join('');

export const style = new Html(`
:root{color-scheme:light;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK KR",sans-serif;color:${ink.text};background:#fff}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1.5rem 1.25rem 4rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.15rem;margin:2.5rem 0 .75rem}
p{margin:.35rem 0}
.quiet{color:${ink.quiet}}
.total{font-size:2.25rem;font-weight:650;line-height:1.2;margin:.75rem 0 0}
.total small{display:inline-block;line-height:1.4;font-size:1rem;font-weight:400;color:${ink.quiet}}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.75rem;margin-top:1rem}
.tile{border:1px solid ${ink.rule};border-left:6px solid var(--own,${ink.quiet});border-radius:6px;padding:.6rem .9rem}
.tile b{display:block;font-size:1.3rem}
${clouds}
.chart svg{display:block}
.narrow{display:none}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th{text-align:left;font-weight:600;color:${ink.quiet}}
th,td{padding:.35rem .6rem .35rem 0;border-bottom:1px solid ${ink.rule};vertical-align:top}
td.head{min-width:5rem}
td:last-child{overflow-wrap:anywhere}
td.number,th.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
td.more{color:${ink.more}}td.less{color:${ink.less}}
details{margin-top:1rem}summary{cursor:pointer;font-weight:600}
li{overflow-wrap:anywhere}
ul.plain{list-style:none;padding:0;margin:0}
ul.plain li{padding:.5rem 0;border-bottom:1px solid ${ink.rule}}
.mark{display:inline-block;min-width:3.2rem;font-weight:650}
.mark.fail{color:${ink.more}}.mark.warn{color:#92400e}.mark.pass{color:${ink.less}}
.picture{display:block;font-size:13px}
.picture text{fill:${ink.text};font-size:13px}
.picture .title{font-weight:650;font-size:14px}
.picture .name{font-weight:600}
.picture .detail,.picture .label{fill:${ink.quiet}}
.picture .label{paint-order:stroke;stroke:#fff;stroke-width:4px}
.picture .cloud{fill:#f7f9fb;stroke:var(--own,${ink.quiet});stroke-width:1.5}
.picture .box{fill:#fff;stroke:${ink.rule};stroke-width:1.5}
.picture .line{fill:none;stroke:${ink.quiet};stroke-width:1.5}
.picture .arrow{fill:${ink.quiet}}
@media (max-width:58rem){
.wide{display:none}.narrow{display:block}
body{padding:1rem 1.25rem 3rem}
.cards thead{display:none}
.cards tr{display:block;padding:.6rem 0;border-bottom:1px solid ${ink.rule}}
.cards td{display:flex;justify-content:space-between;gap:1rem;border:0;padding:.1rem 0;text-align:right;white-space:normal}
.cards td::before{content:attr(data-label);color:${ink.quiet};text-align:left;flex:none}
.cards td:empty{display:none}
.cards td.head{display:block;text-align:left;font-weight:600;overflow-wrap:anywhere}.cards td.head::before{content:none}
}
@media print{details>*{display:block}}
`);
