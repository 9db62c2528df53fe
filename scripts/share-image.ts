import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { ensureChromium } from "./chromium.ts";
import { root } from "./project.ts";

/**
 * Draws web/public/share.png, the picture that messengers show beside a link to a menu: `node scripts/share-image.ts`. It
 * is kept in the repository, for a build has no browser.
 */
const page = `<!doctype html><meta charset="utf-8"><style>
    body{margin:0;width:1200px;height:630px;background:#f8f4eb;position:relative;overflow:hidden;color:#171c2b;font-family:"Liberation Sans",Helvetica,Arial,sans-serif}
    .rail{position:absolute;left:0;right:0;top:0;height:34px;background:#171c2b}
    .name{position:absolute;left:84px;top:150px;font:700 132px/1 "Liberation Serif",serif;letter-spacing:-4px}
    .what{position:absolute;left:90px;top:316px;width:520px;font-size:44px;line-height:1.3;color:#434a5e}
    .mark{position:absolute;left:90px;bottom:84px;font:700 30px "Liberation Sans";color:#1d3fae;border-bottom:5px solid #1d3fae;padding-bottom:6px}
    .slip{position:absolute;right:96px;top:20px;width:400px;height:560px;background:#fefcf6;filter:drop-shadow(0 14px 26px rgba(60,45,10,.22));transform:rotate(2.2deg)}
    .slip i{position:absolute;left:0;right:0;bottom:-17px;height:18px;background:linear-gradient(135deg,#fefcf6 50%,transparent 50%) 0 0/24px 18px,linear-gradient(-135deg,#fefcf6 50%,transparent 50%) 0 0/24px 18px}
    .in{padding:44px 40px;font:700 26px/1 "Liberation Mono",monospace}
    .row{display:flex;align-items:baseline;gap:10px;font:400 25px "Liberation Mono",monospace;margin:0 0 20px}
    .row b{flex:1;border-bottom:3px dotted #9a937f}
    .code{display:flex;justify-content:space-between;align-items:baseline;border-bottom:3px dashed #d9d0bc;padding-bottom:22px;margin-bottom:28px}
    .code big{font-size:58px}
    .tot{display:flex;justify-content:space-between;border-top:4px solid #171c2b;padding-top:18px;font:700 32px "Liberation Mono",monospace;margin-top:26px}
    .st{margin-top:34px;display:grid;gap:16px;font:700 25px "Liberation Sans"}
    .st span{display:flex;gap:16px;align-items:center}.st u{width:20px;height:20px;border-radius:50%;background:#1d3fae;border:3px solid #1d3fae;box-sizing:border-box}.st .o{background:none;border-color:#9a937f}.st .q{color:#6b6a6a;font-weight:400}
    </style>
    <div class=rail></div><div class=name>Comanda</div><div class=what>Order food, and watch it come to you.</div><div class=mark>Menu, order, door</div>
<div class=slip><i></i><div class=in><div class=code><span>Order</span><big>KT 42</big></div>
<div class=row>1× Soup<b></b>4.80</div>
      <div class=row>2× Bread<b></b>7.00</div>
      <div class=row>1× Chicken<b></b>15.90</div>
<div class=tot><span>Total</span><span>27.70</span></div>
<div class=st><span><u></u>Seen by the kitchen</span><span><u></u>On its way</span><span class=q><u class=o></u>At the door</span></div></div></div>`;

const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: ["--no-sandbox", "--disable-gpu"],
});
const sheet = await browser.newPage({ viewport: { width: 1200, height: 630 } });
await sheet.setContent(page);
writeFileSync(join(root, "web/public/share.png"), await sheet.screenshot());
await browser.close();
