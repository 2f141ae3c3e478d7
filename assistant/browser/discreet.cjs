// Makes Playwright's driver forget what pages send before it can pass it on: Node loads this file before the driver.
// The browser tells the driver about each request, body included (CDP, Network.requestWillBeSent), and the driver tells
// the program about each document's request whether the program asks or not. `maxPostDataSize` of Network.enable is no
// help: Chromium applies it to what scripts send, but not to forms. So the bodies go here, and so does what is said over
// web sockets.
'use strict';
delete process.env.NODE_OPTIONS; // the browser needs none of this
const parse = JSON.parse;
JSON.parse = (...given) => {
  const told = parse(...given);
  const params = told?.params;
  switch (told?.method) {
    case 'Network.requestWillBeSent':
    case 'Fetch.requestPaused':
      delete params.request.postData;
      delete params.request.postDataEntries;
      break;
    case 'Network.webSocketFrameSent':
    case 'Network.webSocketFrameReceived':
      params.response.payloadData = '';
      break;
  }
  return told;
};
