/** The style sheet of a report: light and dark, readable on paper. */
export const style = `
:root { color-scheme: light dark; --paper: #ffffff; --panel: #f6f8fa; --ink: #1f2328; --faint: #656d76; --rule: #d8dee4; --accent: #0969da; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #0d1117; --panel: #161b22; --ink: #e6edf3; --faint: #8b949e; --rule: #30363d; --accent: #4493f8; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 18px; margin: 40px 0 12px; }
h3 { font-size: 14px; margin: 0; padding: 12px 16px 0; }
p { margin: 4px 0; max-width: 80ch; }
.faint { color: var(--faint); }
.alert { border-left: 4px solid #d1242f; background: var(--panel); padding: 8px 14px; margin: 16px 0; }
.facts { display: flex; flex-wrap: wrap; gap: 8px 32px; margin: 20px 0 0; padding: 0; list-style: none; }
.facts b { display: block; font-size: 20px; font-variant-numeric: tabular-nums; }
.facts span { color: var(--faint); font-size: 13px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 7px 14px 7px 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
th { font-size: 13px; color: var(--faint); font-weight: 600; }
th, td code { white-space: nowrap; }
td.value { font-weight: 600; font-variant-numeric: tabular-nums; }
td .faint { font-size: 13px; }
code, pre { font: 12.5px/1.5 ui-monospace, monospace; }
pre { background: var(--panel); padding: 14px; overflow-x: auto; border-radius: 8px; }
details { margin: 4px 0; }
summary { cursor: pointer; color: var(--accent); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr)); gap: 16px; }
.chart { background: var(--panel); border-radius: 8px; overflow: hidden; }
.chart svg { display: block; width: 100%; height: auto; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr)); gap: 16px; }
figure { margin: 0; }
figure img { display: block; width: 100%; height: auto; border-radius: 8px; border: 1px solid var(--rule); }
figure.last { max-width: 760px; margin-bottom: 16px; }
figcaption { color: var(--faint); font-size: 13px; padding-top: 4px; }
`;
