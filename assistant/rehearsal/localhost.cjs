// Lets Playwright's driver find *.localhost on this machine (RFC 6761), as browsers do: the C library often cannot.
// Required by Node when the browsers run on another machine and reach the mock portal through this driver.
const dns = require('node:dns');
const lookup = dns.promises.lookup;
dns.promises.lookup = async (name, options) => {
  if (!/(^|\.)localhost$/i.test(name)) return lookup(name, options);
  const found = { address: '127.0.0.1', family: 4 };
  return options?.all ? [found] : found;
};
