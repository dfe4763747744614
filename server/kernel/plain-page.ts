import { type Html, html } from './html.ts';
import type { Language } from './language.ts';

type Frame = {
  title: string;
  body: Html;
  language: Language;
  big: boolean;
  refreshSeconds?: number; // read again by itself, without script
};

/** A page for anybody's phone: plain HTML without script, cookie wall or log-in, in large type where asked for. */
export const plainPage = ({ title, body, language, big, refreshSeconds }: Frame): string =>
  `<!doctype html>${
    html`<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">${
      refreshSeconds !== undefined && html`<meta http-equiv="refresh" content="${refreshSeconds}">`
    }
<title>${title}</title><style>${STYLE}</style></head>
<body${big && html` class="big"`}><main>${body}</main></body></html>`.html
  }`;

// Contrast at least 7:1 everywhere; targets at least 60 px, because the hand may shake.
const STYLE: Html = {
  html: `:root{color-scheme:light dark;--ink:#111;--ground:#fff;--soft:#f2f2f2;--red:#b3001b}
@media(prefers-color-scheme:dark){:root{--ink:#f4f4f4;--ground:#161616;--soft:#262626}}
*{box-sizing:border-box}body{margin:0;font:18px/1.5 "PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans SC",sans-serif;color:var(--ink);background:var(--ground)}
body.big{font-size:26px}main{max-width:36em;margin:0 auto;padding:16px}h1{font-size:1.4em;margin:.2em 0}h2{font-size:1.25em;margin:.2em 0}
.where{margin:.2em 0 1em}.help{border:3px solid var(--red);border-radius:8px;padding:16px;margin-bottom:24px}.help h2{font-size:1.6em}
.call,button{display:block;width:100%;min-height:64px;padding:12px;border:0;border-radius:8px;background:#b3001b;color:#fff;font:inherit;font-size:1.3em;font-weight:700;text-align:center;text-decoration:none;line-height:1.4}
.code{font-size:2em;font-weight:700;letter-spacing:.08em;margin:.1em 0;font-variant-numeric:tabular-nums}form{margin-top:16px}
label{display:block;margin-top:12px}input:not([type=hidden]){display:block;width:100%;min-height:60px;padding:8px 12px;font:inherit;color:inherit;background:var(--ground);border:2px solid currentColor;border-radius:8px}
dl{margin:0}dt{margin-top:12px}dd{margin:0;font-weight:700;overflow-wrap:anywhere}.sent{background:#0b5d1e;color:#fff;padding:16px;border-radius:8px;font-weight:700}
nav{display:flex;gap:16px;margin:24px 0}nav a{display:flex;align-items:center;min-height:60px;padding:0 16px;border:2px solid currentColor;border-radius:8px;color:inherit}
a:focus-visible,button:focus-visible,input:focus-visible{outline:4px solid #0958d9;outline-offset:2px}footer{padding-bottom:24px}
.calm button{background:#0b4fa8;margin-top:12px}select,textarea{display:block;width:100%;min-height:60px;padding:8px 12px;font:inherit;color:inherit;background:var(--ground);border:2px solid currentColor;border-radius:8px}
textarea{min-height:120px}.hint{margin:4px 0 0;font-size:.9em}.fault{border:3px solid var(--red);border-radius:8px;padding:12px 16px;font-weight:700}.card{background:var(--soft);border-radius:8px;padding:16px;margin:16px 0}
.sum{font-size:2em;font-weight:700;font-variant-numeric:tabular-nums;margin:0}ol.way{list-style:none;margin:16px 0;padding:0}ol.way li{padding:8px 0 8px 2.2em;position:relative}ol.way li::before{position:absolute;left:0;content:"○";font-weight:700}ol.way li.done::before{content:"✓"}ol.way li.now{font-weight:700}ol.way li.now::before{content:"▶"}
fieldset{border:0;margin:12px 0 0;padding:0}legend{padding:0}.ticks{display:flex;flex-wrap:wrap;gap:0 20px}.ticks label{display:flex;align-items:center;min-height:60px;gap:10px;margin:0}.ticks input[type=checkbox]{width:32px;height:32px;min-height:32px;flex:none}
dl+h2{margin-top:1.2em}pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:12px;border-radius:8px;background:var(--soft);font-size:.75em}iframe.now{display:block;width:100%;height:34em;border:2px solid currentColor;border-radius:8px}.at{font-weight:400;font-variant-numeric:tabular-nums}
.pair{display:flex;gap:16px}.pair label{flex:1}[aria-invalid=true]{border-color:var(--red)!important;outline:2px solid var(--red)}.calm button.quiet{background:var(--ground);color:var(--red);border:2px solid var(--red)}
button+a,form+form{margin-top:24px}form h2{margin-top:1.2em}select:focus-visible,textarea:focus-visible{outline:4px solid #0958d9;outline-offset:2px}`,
};
