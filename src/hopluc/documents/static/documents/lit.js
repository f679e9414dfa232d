// A source page opened at `#words=START-END`: those words are lit and in sight.

import { light, showSpan } from "./source.js";

const match = /^#words=(\d+)-(\d+)$/.exec(location.hash);
if (match) {
  const span = [Number(match[1]), Number(match[2])];
  light("current", [span]);
  showSpan(span);
}
