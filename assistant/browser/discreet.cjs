// Has Playwright's driver forget what pages send before it can pass it on: Node requires this file before the driver.
// The browser tells the driver about each request together with its body (CDP, Network.requestWillBeSent), and the
// driver tells the program about each document's request whether the program asks for it or not. `maxPostDataSize` of
// Network.enable is no help: Chromium keeps to it for what scripts send, but not for a form. So the bodies go here, and
// so does what is said over web sockets.
'use strict';
delete process.env.NODE_OPTIONS; // the browser needs nothing of this
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
