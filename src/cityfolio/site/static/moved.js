// An old address leads on with all that followed it: what was chosen, and the number that was meant.
"use strict";
location.replace(document.currentScript.dataset.target + location.search + location.hash);
