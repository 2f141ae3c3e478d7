"use strict";
// A survey in a window of its own.
window.open("/static/faults/survey.html", "anket", "width=400,height=300");
