import { escapeHtml } from "../mailbox/markup.ts";

/** A whole page of the local Google; `main` is markup. No script, nothing from elsewhere. */
export function page(title: string, main: string, wide = false): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · Local Google</title><style>${style}</style></head>
<body><main${wide ? ' class="wide"' : ""}><p class="mark"><span aria-hidden="true">◌</span> Local Google <small>a stand-in on this computer, for trying Latchkey</small></p>
${main}</main></body></html>`;
}

const style = `
:root{--paper:#faf9f6;--surface:#fff;--sunken:#f3f1ec;--hover:#f5f3ee;--line:#e6e2da;--strong:#8f887b;--ink:#1c1a17;--ink2:#57524a;--ink3:#6b6459;--brass:#8a5f17;--ok:#256a3c;--bad:#a52a21;--solid:#1c1a17;--on:#faf9f6}
@media (prefers-color-scheme:dark){:root{--paper:#151412;--surface:#1b1a17;--sunken:#11100e;--hover:#22201c;--line:#2c2a25;--strong:#8f887b;--ink:#ece8df;--ink2:#b0a99c;--ink3:#a09889;--brass:#dcae5c;--ok:#7fc796;--bad:#ee8d84;--solid:#ece8df;--on:#151412}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:15px/24px "Inter Variable",system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:460px;margin:0 auto;padding:12vh 20px 48px}main.wide{max-width:980px;padding-top:40px}
.mark{font-weight:600;margin:0 0 28px}.mark span{color:var(--brass);margin-right:6px}.mark small{display:block;font-weight:400;font-size:12px;line-height:18px;color:var(--ink3)}
h1{font-size:24px;line-height:32px;font-weight:600;letter-spacing:-.01em;margin:0 0 8px}h2{font-size:16px;line-height:24px;font-weight:600;margin:0}h3{font-size:13px;line-height:20px;font-weight:600;margin:16px 0 6px;color:var(--ink2)}
p{margin:0 0 16px;color:var(--ink2)}a{color:var(--brass)}code{font-size:13px;overflow-wrap:anywhere}
form{margin:0}fieldset{border:0;margin:0 0 20px;padding:0}legend{padding:0;font-weight:600;margin-bottom:6px}
label.permission{display:flex;gap:12px;padding:12px 0;border-top:1px solid var(--line)}label.permission:last-child{border-bottom:1px solid var(--line)}input[type=checkbox]{width:18px;height:18px;margin:3px 0 0;accent-color:var(--brass);flex:none}
ul.people{list-style:none;margin:24px 0;padding:0}ul.people li{border-top:1px solid var(--line)}ul.people li:last-child{border-bottom:1px solid var(--line)}
ul.people button{display:block;width:100%;text-align:left;border:0;border-radius:0;background:none;padding:12px 8px;font-weight:500}ul.people button:hover{background:var(--hover)}ul.people small{display:block;font-weight:400;font-size:13px;line-height:20px;color:var(--ink3)}
button,input[type=text],input[type=number],select,textarea{font:inherit;color:inherit}button{border:1px solid var(--line);background:var(--surface);border-radius:6px;padding:7px 14px;cursor:pointer}button:hover{background:var(--hover)}button.main{background:var(--solid);color:var(--on);border-color:var(--solid)}
:focus-visible{outline:2px solid var(--brass);outline-offset:2px}
.actions{display:flex;gap:10px;flex-wrap:wrap;align-items:center}
section{border-top:1px solid var(--line);padding:22px 0}section>header{display:flex;gap:4px 16px;flex-wrap:wrap;align-items:baseline;margin-bottom:6px}section>header span{color:var(--ink3);font-size:13px}
.row{display:flex;gap:8px;flex-wrap:wrap;align-items:end}.row label{font-size:12px;line-height:16px;color:var(--ink3);display:grid;gap:4px}.row input,.row select{border:1px solid var(--strong);border-radius:6px;background:var(--surface);padding:6px 9px;font-size:14px;min-width:0}
main.wide button{font-size:13px;line-height:20px;padding:5px 12px}.state{font-size:13px;line-height:20px;margin:0 0 4px;color:var(--ink2)}.state.bad{color:var(--bad)}.state.ok{color:var(--ok)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:520px){main{padding-top:32px}}`;
