// What pages do more smoothly where scripts run. Nothing here is needed to use a page.
"use strict";
