// Says to the browser that this page is not to be translated. A browser of another language would lay its offer over
// the portal, and on a translated page neither the person nor the assistant would find the words they look for.
// It reads head's meta elements once the page is loaded (Chromium, TranslateAgent); nothing else of the page is touched.
addEventListener('DOMContentLoaded', () => {
  const said = document.createElement('meta');
  said.name = 'google';
  said.content = 'notranslate';
  document.head?.append(said);
});
