// Runs before everything else: sets light or dark, so that a dark page does not flash white, and forbids making code.
(() => {
  let wanted = 'system';
  try {
    wanted = JSON.parse(localStorage.getItem('logonscope-preferences') ?? '{}').state?.theme ?? 'system';
  } catch {
    // Storage may be closed to us or hold anything; the system's theme is a good answer then.
  }
  const dark =
    wanted === 'dark' || (wanted !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
  // zod would try whether it may make code of texts; the page's policy says no, and every try is an error on the console.
  globalThis.__zod_globalConfig = { jitless: true };
})();
