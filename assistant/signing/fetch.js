// Starts fetching `address` as the page itself would and returns its progress. The page doesn't notice.
([address, most, patienceMs]) => {
  const state = { status: 0, end: '', parts: [] };
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), patienceMs);
  state.abort = () => stop.abort();
  state.take = async () => {
    const end = state.end;
    const blob = new Blob(state.parts.splice(0));
    const base64 = await new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(blob);
    });
    return { status: state.status, end, base64: blob.size ? base64 : '' };
  };
  (async () => {
    try {
      // In this mode a redirect to another origin is an error before anything is sent there.
      const answer = await fetch(address, {
        mode: 'same-origin', credentials: 'same-origin', redirect: 'follow', cache: 'no-store', signal: stop.signal,
      });
      state.status = answer.status;
      let size = 0;
      const reader = answer.body?.getReader();
      for (let part = await reader?.read(); part && !part.done; part = await reader.read()) {
        size += part.value.byteLength;
        if (size > most) {
          state.parts = [];
          state.end = 'large';
          stop.abort();
          return;
        }
        state.parts.push(part.value);
      }
      state.end = 'whole';
    } catch {
      state.end = state.status ? 'cut' : 'refused';
    } finally {
      clearTimeout(patience);
    }
  })();
  return state;
}
