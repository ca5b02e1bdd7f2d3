/** The design tokens of the report: colour is spent on what is asked of the reader, severity is a word. Light, dark and paper. */
export const tokens = `
:root {
  color-scheme: light dark;
  --ground: #f5f7f9;
  --surface: #ffffff;
  --sunken: #eef2f5;
  --line: #dbe2e8;
  --line-strong: #788693;
  --text: #15202b;
  --text-soft: #465461;
  --text-faint: #5a6875;
  --act: #b0231b;      --act-soft: #fcecea;
  --attend: #855200;   --attend-soft: #fcf2de;
  --track: #52606d;    --track-soft: #edf1f4;
  --ok: #0a6767;       --ok-soft: #e3f3f2;
  --unknown: #6a45a3;  --unknown-soft: #f2edfa;
  --link: #165bb0;
  --focus: #165bb0;
  --selected: #e8f0fa;
  --on-strong: #ffffff;
  --sea: #75899b;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace;
  --text-xs: .75rem;
  --text-s: .8125rem;
  --text-m: .9375rem;
  --text-l: 1.125rem;
  --text-xl: 1.5rem;
  --leading: 1.5;  --leading-tight: 1.25;
  --measure: 68ch;
  --s1: .25rem;  --s2: .5rem;  --s3: .75rem;  --s4: 1rem;  --s5: 1.5rem;  --s6: 2rem;  --s7: 3rem;
  --r1: 4px;
  --r2: 8px;
  --lift: 0 1px 2px rgb(21 32 43 / .05);
  --quick: 120ms;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f151b;  --surface: #161e26;  --sunken: #1d2731;
    --line: #2a3642;    --line-strong: #71808e;
    --text: #e4eaf0;    --text-soft: #b1bdc8;  --text-faint: #95a3b0;
    --act: #ff8a7e;      --act-soft: #2e1b1c;
    --attend: #e6b455;   --attend-soft: #33280f;
    --track: #a3b0bc;    --track-soft: #212c36;
    --ok: #5cc4bd;       --ok-soft: #12302f;
    --unknown: #bda2f0;  --unknown-soft: #2a2140;
    --link: #7fb4f5;  --focus: #9cc6fa;  --selected: #1b2c40;  --on-strong: #0f151b;
    --sea: #64788a;
    --lift: none;
  }
}
@media print {
  :root {
    --ground: #fff;  --surface: #fff;  --sunken: #f4f6f8;  --line: #c9d1d8;  --line-strong: #5a6875;
    --text: #000;  --text-soft: #333;  --text-faint: #444;  --lift: none;
    --act: #b0231b;  --act-soft: #fff;  --attend: #855200;  --attend-soft: #fff;  --track: #52606d;  --track-soft: #fff;
    --ok: #0a6767;  --ok-soft: #fff;  --unknown: #6a45a3;  --unknown-soft: #fff;  --link: #000;  --sea: #75899b;
  }
}
@media (prefers-reduced-motion: reduce) { :root { --quick: 0ms; } }
`;
